import type { Lab, LabRun, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';

/** A run up to a moment, or why it never came to it. */
export type Reached = { run: Tried; index: number } | { report: SmallReport };

/**
 * Runs an Actor up to a moment, from which forks can go on.
 *
 * @param find The moment's index in the trace, once it has come.
 * @param dir The learner's folder.
 */
export async function upTo(
    lab: Lab,
    spec: Omit<LabRun, 'isEnough'>,
    find: (seen: Seen) => number | undefined,
    dir: string,
): Promise<Reached> {
    const run = await lab.run({ ...spec, isEnough: (seen) => find(seen) !== undefined });
    const finding = runFinding(run, dir);
    const index = find(run.seen);
    if (!finding && index !== undefined) return { run, index };
    const came = endText(run.seen);
    return {
        report: {
            moment: 'undisturbed',
            expected: `a run that comes to this: ${spec.label}`,
            came,
            finding: finding ?? { advice: 'exits-early' },
        },
    };
}
