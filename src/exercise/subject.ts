import { commandOf, type Step, type TrialSubject } from '../trial/steps.js';
import { build } from './build.js';
import { BuildError } from './build-error.js';
import { existingWorkspace } from './existing-workspace.js';
import type { TrialOptions } from '../trial/trial.js';

/** The learner's Actor, beside the steps. It is struck where any Actor can be: with a page on its way. */
export const WORKSPACE: TrialSubject = { number: 'workspace', title: 'your Actor', strikeAt: 'offers@8' };

/** A subject in the names of folders and Actors. */
export function nameOf({ number }: TrialSubject): string {
    return number === 'workspace' ? number : `step-${number}`;
}

/** A subject at the beginning of a line. */
export function subjectTitle({ number, title }: TrialSubject): string {
    return number === 'workspace' ? 'Your Actor' : `Step ${number} (${title})`;
}

/** What is run, and what strikes it. */
export function trialHeading(subject: TrialSubject, struck: string): string {
    return `${subjectTitle(subject)}, ${struck === 'none' ? 'undisturbed' : `struck by: ${struck}`}`;
}

/** A subject, ready to be run. */
export interface OpenedSubject {
    subject: Pick<TrialOptions, 'actor' | 'findCounts'>;
    /** Removes what was made for it. */
    close: () => void;
}

/**
 * Prepares a subject: the learner's Actor is built first.
 *
 * @param cwd Working folder of a step; the learner's Actor gets a disk of its own.
 * @param gracefulShutdown False when a step runs as if it had opted out of the SDK's.
 * @returns What is wrong with the learner's Actor, if it can't be built.
 * @throws UsageError when there is no workspace.
 */
export async function openSubject(
    subject: TrialSubject,
    cwd: string,
    gracefulShutdown = true,
): Promise<OpenedSubject | { problem: string }> {
    if (subject.number !== 'workspace') {
        const command = commandOf(subject as Step, gracefulShutdown);
        return { subject: { actor: { name: nameOf(subject), command, cwd } }, close: () => {} };
    }
    const dir = existingWorkspace();
    try {
        // Platform and shop are loaded only by who needs them.
        const { subjectOf } = await import('./try-actor.js');
        const built = await build(dir);
        return { subject: subjectOf(built), close: built.remove };
    } catch (error) {
        if (error instanceof BuildError) return { problem: error.message };
        throw error;
    }
}
