import { randomBytes } from 'node:crypto';

import { Bell } from './bell.js';

/** What a job tells while it works: a name, and what can be written as JSON. */
export interface JobEvent {
    name: string;
    data: unknown;
}

/** Something that takes its time and uses the machine: one at a time. */
export class Job {
    /** Nobody who was not told it can guess it. */
    readonly id = randomBytes(16).toString('base64url');
    readonly #events: JobEvent[] = [];
    readonly #bell = new Bell();
    readonly #controller = new AbortController();
    #isOver = false;

    constructor(
        /** What is done, in words. */
        readonly title: string,
    ) {}

    get signal(): AbortSignal {
        return this.#controller.signal;
    }

    get isOver(): boolean {
        return this.#isOver;
    }

    get events(): readonly JobEvent[] {
        return this.#events;
    }

    tell(name: string, data: unknown): void {
        this.#events.push({ name, data });
        this.#bell.ring();
    }

    stop(): void {
        this.#controller.abort();
    }

    end(): void {
        this.#isOver = true;
        this.#bell.ring();
    }

    /** Resolves when there is an event at a place, or the job is over, or the signal ends the wait. */
    async waitFor(place: number, signal: AbortSignal): Promise<void> {
        if (this.#events.length <= place && !this.#isOver) await this.#bell.after(this.#bell.rung, signal);
    }
}

/** Somebody asked for a job while another one was at work. */
export class BusyError extends Error {
    constructor(readonly title: string) {
        super(`One at a time: ${title} is at work.`);
    }
}

/** Jobs that pages have asked for. */
export class Jobs {
    readonly #jobs = new Map<string, Job>();
    #present: Job | undefined;
    #working: Promise<void> = Promise.resolve();

    /** The job at work. */
    get present(): Job | undefined {
        return this.#present;
    }

    /** A job that is, or was; so that a page that is loaded again sees what it has told. */
    find(id: string): Job | undefined {
        return this.#jobs.get(id);
    }

    /**
     * Begins a job. What its work throws is told as the event `failed`.
     *
     * @throws BusyError while another one is at work.
     */
    start(title: string, work: (job: Job) => Promise<void>): Job {
        if (this.#present) throw new BusyError(this.#present.title);
        const job = new Job(title);
        this.#jobs.set(job.id, job);
        for (const id of [...this.#jobs.keys()].slice(0, -MAX_KEPT)) this.#jobs.delete(id);
        this.#present = job;
        // Begun when whoever has asked knows the job.
        this.#working = Promise.resolve()
            .then(async () => work(job))
            .catch((error: unknown) => job.tell('failed', (error as Error).message.split('\n')[0]))
            .finally(() => {
                job.end();
                this.#present = undefined;
            });
        return job;
    }

    /** Ends what is at work; resolves when it has ended. */
    async close(): Promise<void> {
        this.#present?.stop();
        await this.#working;
    }
}

/** Of jobs that are over, so many can still be asked for. */
const MAX_KEPT = 20;
