import { inTemporaryFolder } from '../base/temporary-folder.js';
import type { Trace } from '../trace/trace.js';
import type { TrialSubject } from '../trial/steps.js';
import { NO_PROOF, withEvent } from './proof-state.js';
import { proveSubject } from './prove-subject.js';
import { RECORDED_PRODUCTS, type RecordedProof } from './recorded-proofs.js';

/**
 * Proves a step in a small shop. Leaves nothing on disk.
 *
 * @returns The map, and the runs of its cells in their order.
 * @throws Error when it is stopped, or there is nothing to prove.
 */
export async function recordProof(
    subject: TrialSubject,
    signal: AbortSignal,
): Promise<{ proof: RecordedProof; runs: Trace[] }> {
    return inTemporaryFolder(async (dir) => {
        let state = NO_PROOF;
        const runs: Trace[] = [];
        await proveSubject(
            { subject, products: RECORDED_PRODUCTS },
            {
                dir,
                signal,
                tell: (event) => {
                    state = withEvent(state, event);
                },
                keep: (place, trace) => {
                    runs[place] = trace;
                },
            },
        );
        const { title, cells, opensAt, result } = state;
        if (!cells || !result) throw new Error('The proof was stopped.');
        return { proof: { title, cells, opensAt, result }, runs };
    });
}
