import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { parseShopPlan } from '../trial/shop-plan.js';
import { runTrial, type TrialOptions } from '../trial/trial.js';
import type { Build } from './build.js';
import { findCounts } from './counts.js';
import { Guard, type Limits, LIMITS } from './guard.js';
import { LastPage } from './last-page.js';
import { heldPage } from './rhythm.js';
import { specOf, type TrialId, trialOptionsOf } from './stages.js';
import type { TrialOutcome } from './trial-outcome.js';
import { Witness, witnessOf } from './witness.js';

/** What a trial of the check needs besides its own description. */
export interface TryActorOptions {
    /** The learner's folder. */
    dir: string;
    limits?: Partial<Limits>;
    signal?: AbortSignal;
    /** Leaves out what strikes it. */
    isUndisturbed?: boolean;
}

/**
 * Runs one trial of the check.
 *
 * @param folder Name of its data folder: its own, or that of the trial that it comes after.
 */
export async function tryActor(
    id: TrialId,
    folder: string,
    built: Build,
    options: TryActorOptions,
): Promise<TrialOutcome> {
    const spec = specOf(id);
    const dir = join(built.scratch, folder.replaceAll(' ', '-'));
    mkdirSync(dir, { recursive: true });
    const live = new Witness();
    const limits = { ...LIMITS, ...options.limits };
    limits.patienceMillis += spec.restMillis ?? 0;
    const guard = new Guard(live, limits);
    const lastPage =
        spec.holdMillis === undefined ? undefined : new LastPage(spec.holdMillis, spec.shop.products, live);
    try {
        const signals = [guard.signal, ...(options.signal ? [options.signal] : [])];
        const result = await runTrial({
            ...trialOptionsOf(spec),
            ...subjectOf(built),
            plan: parseShopPlan(options.isUndisturbed ? '' : spec.plan),
            dir,
            signal: AbortSignal.any(signals),
            onEntry: (entry) => live.add(entry),
            ...(lastPage && { beforePage: lastPage.beforePage }),
        });
        const { reason } = guard;
        const hold = lastPage && heldPage(result.trace);
        const ended = { ...(reason && { ended: reason }), ...(hold && { hold }) };
        return { id, result, witness: witnessOf(result.trace), limits, dir: options.dir, ...ended };
    } finally {
        guard.stop();
        lastPage?.release();
    }
}

/** The learner's Actor, as a trial takes it. */
export function subjectOf({ image, command }: Build): Pick<TrialOptions, 'actor' | 'findCounts'> {
    return { actor: { name: 'workspace', command, cwd: image, image }, findCounts };
}
