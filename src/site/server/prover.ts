import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeTemporaryFolder } from '../../base/temporary-folder.js';
import { packTrace } from '../../replay/pack-trace.js';
import { proveSubject, type Proving } from '../prove-subject.js';
import type { CourseServices } from './app.js';
import type { Job } from './jobs.js';

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

    async #prove(proving: Proving, job: Job): Promise<void> {
        const dir = this.#dir!;
        const run = join(dir, 'run');
        mkdirSync(run);
        await proveSubject(proving, {
            dir: run,
            signal: job.signal,
            tell: ({ name, data }) => job.tell(name, data),
            keep: (place, trace) => writeFileSync(cellFile(dir, place), packTrace(trace)),
        });
    }
}

function cellFile(dir: string, place: number): string {
    return join(dir, `cell-${place}.jsonl.gz`);
}
