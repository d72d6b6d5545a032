import { availableParallelism } from 'node:os';

import { openSubject, subjectTitle } from '../exercise/subject.js';
import type { Point } from '../faults/points.js';
import type { Trace } from '../trace/trace.js';
import { tellProof } from '../trial/proof-text.js';
import { mapCell } from '../trial/report.js';
import type { TrialSubject } from '../trial/steps.js';
import type { ProofEvent } from './proof-state.js';
import { shopOf } from './shop-of.js';

/** What a proof is of. */
export interface Proving {
    subject: TrialSubject;
    /** Products of the shop. */
    products: number;
}

export interface ProvingOptions {
    /** Folder in which the undisturbed run leaves its trace. It must be empty. */
    dir: string;
    signal: AbortSignal;
    /** Told of the proof as it goes on. */
    tell: (event: ProofEvent) => void;
    /** Told the recording of a cell's run, before the cell is. */
    keep: (place: number, trace: Trace) => void;
}

const SEED = 1;

/**
 * Has a subject go on from every state in which a crash can leave it.
 *
 * @throws Error when there is nothing to prove: the subject can't be run, or is wrong undisturbed.
 */
export async function proveSubject({ subject, products }: Proving, options: ProvingOptions): Promise<void> {
    const { dir, signal, tell, keep } = options;
    tell({ name: 'begun', data: { title: `${subjectTitle(subject)}, in a shop of ${shopOf(products)}` } });
    const opened = await openSubject(subject, dir);
    if ('problem' in opened) throw new Error(opened.problem);
    // Platform and shop are loaded only now.
    const { prove } = await import('../trial/prove.js');
    let places = new Map<number, number>();
    try {
        const proof = await prove({
            ...opened.subject,
            fault: 'crash',
            seed: SEED,
            shop: { seed: SEED, products },
            dir,
            jobs: availableParallelism() + 1,
            signal,
            onPoints: (points: readonly Point[]) => {
                if (signal.aborted) return;
                places = new Map(points.map(({ index }, place) => [index, place]));
                tell({ name: 'states', data: points.map(({ label }) => label) });
            },
            onTrace: (trial, trace, opensAt) => {
                if (trial.verdict.ended === 'STOPPED') return;
                const place = places.get(trial.point.index)!;
                keep(place, trace);
                tell({ name: 'cell', data: { place, opensAt, cell: mapCell(trial) } });
            },
        });
        if (signal.aborted) return;
        const { exact, isExact, wrong, notes } = tellProof(proof);
        const sentence = [exact, ...wrong.map(({ text }) => text)].join(', ');
        tell({ name: 'proven', data: { isWell: isExact, sentence: `${sentence}.`, notes } });
    } finally {
        opened.close();
    }
}
