import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { makeTemporaryFolder } from '../../base/temporary-folder.js';
import { openSubject, subjectTitle } from '../../exercise/subject.js';
import type { Point } from '../../faults/points.js';
import { tellProof } from '../../trial/proof-text.js';
import { mapCell } from '../../trial/report.js';
import type { TrialSubject } from '../../trial/steps.js';
import type { ProofEvent } from '../proof-state.js';
import { packTrace } from '../../replay/pack-trace.js';
import type { CourseServices } from './app.js';
import type { Job } from './jobs.js';

/** What a proof is of. */
export interface Proving {
    subject: TrialSubject;
    /** Products of the shop. */
    products: number;
}

const SEED = 1;

/** Proves steps, one at a time. The recordings of the last proof lie in a temporary folder until the next or the end. */
export class Prover {
    #job: Job | undefined;
    #dir: string | undefined;

    constructor(private readonly services: CourseServices) {
        services.closing.addEventListener('abort', () => {
            if (!this.#isAtWork) this.#clear();
        });
    }

    /** The last proof. */
    get job(): Job | undefined {
        return this.#job;
    }

    get #isAtWork(): boolean {
        return this.#job !== undefined && !this.#job.isOver;
    }

    /**
     * Begins a proof.
     *
     * @throws BusyError while another job is at work.
     */
    start({ subject, products }: Proving): Job {
        const name = subject.number === 'workspace' ? 'your Actor' : `step ${subject.number}`;
        const job = this.services.jobs.start(`the proof of ${name}`, async (begun) => {
            // What starts it returns first, so that the folder of the proof before is gone and nobody asks for it.
            await Promise.resolve();
            try {
                await this.#prove({ subject, products }, begun);
            } catch (error) {
                // What was broken off says nothing of the Actor.
                if (!begun.signal.aborted) throw error;
            } finally {
                if (begun.signal.aborted) begun.tell('stopped', null);
                if (this.services.closing.aborted) this.#clear();
            }
        });
        this.#clear();
        this.#job = job;
        this.#dir = makeTemporaryFolder();
        return job;
    }

    /** The recording of a cell's run, packed; undefined where there is none. */
    traceOf(job: string, place: number): Uint8Array | undefined {
        if (job !== this.#job?.id || this.#dir === undefined) return undefined;
        try {
            return readFileSync(cellFile(this.#dir, place));
        } catch {
            return undefined;
        }
    }

    #clear(): void {
        if (this.#dir === undefined) return;
        rmSync(this.#dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
        this.#dir = undefined;
    }

    async #prove({ subject, products }: Proving, job: Job): Promise<void> {
        const tell = ({ name, data }: ProofEvent): void => job.tell(name, data);
        const dir = this.#dir!;
        const run = join(dir, 'run');
        mkdirSync(run);
        tell({
            name: 'begun',
            data: {
                title: `${subjectTitle(subject)}, in a shop of ${products === 1 ? '1 product' : `${products} products`}`,
            },
        });
        const opened = await openSubject(subject, run);
        if ('problem' in opened) throw new Error(opened.problem);
        // Platform and shop are loaded only now.
        const { prove } = await import('../../trial/prove.js');
        let places = new Map<number, number>();
        try {
            const proof = await prove({
                ...opened.subject,
                fault: 'crash',
                seed: SEED,
                shop: { seed: SEED, products },
                dir: run,
                jobs: availableParallelism() + 1,
                signal: job.signal,
                onPoints: (points: readonly Point[]) => {
                    if (job.signal.aborted) return;
                    places = new Map(points.map(({ index }, place) => [index, place]));
                    tell({ name: 'states', data: points.map(({ label }) => label) });
                },
                onTrace: (trial, trace, opensAt) => {
                    if (trial.verdict.ended === 'STOPPED') return;
                    const place = places.get(trial.point.index)!;
                    writeFileSync(cellFile(dir, place), packTrace(trace));
                    tell({ name: 'cell', data: { place, opensAt, cell: mapCell(trial) } });
                },
            });
            if (job.signal.aborted) return;
            const { exact, isExact, wrong, notes } = tellProof(proof);
            const sentence = [exact, ...wrong.map(({ text }) => text)].join(', ');
            tell({ name: 'proven', data: { isWell: isExact, sentence: `${sentence}.`, notes } });
        } finally {
            opened.close();
        }
    }
}

function cellFile(dir: string, place: number): string {
    return join(dir, `cell-${place}.jsonl.gz`);
}
