import type { RunEntry } from '../../trace/entries.js';
import type { RunRecord } from '../../trace/runs.js';
import type { RunWrite } from './life/transition.js';
import type { RunContext } from './run-context.js';

/** Writes what happens to one run. */
export class RunWriter {
    constructor(
        private readonly runId: string,
        private readonly context: Pick<RunContext, 'store' | 'log' | 'onLine'>,
    ) {}

    /**
     * @throws UnwritableError
     */
    write(write: RunWrite): void {
        const { store } = this.context;
        if (write.write === 'release-locks') this.#releaseLocks();
        else store.commit(this.#entryOf(write));
    }

    /**
     * Ends the run as FAILED in memory alone, for what could not be written, and says so to whoever can still be told.
     */
    failUnwritten(message: string, exitCode: number | undefined): void {
        const { store, log, onLine } = this.context;
        const id = this.runId;
        const at = Date.now();
        onLine({ runId: id, incarnation: this.#record.incarnation, at, text: message });
        try {
            log.append(message, at);
        } catch {
            // It may be the log that can't be written.
        }
        store.commitUnwritten({ type: 'run.changed', id, change: { statusMessage: message } });
        store.commitUnwritten({
            type: 'run.status',
            id,
            status: 'FAILED',
            ...(exitCode !== undefined && { exitCode }),
        });
    }

    get #record(): RunRecord {
        return this.context.store.run(this.runId);
    }

    #entryOf(write: Exclude<RunWrite, { write: 'release-locks' }>): RunEntry {
        const id = this.runId;
        const record = this.#record;
        switch (write.write) {
            case 'status': {
                const { status, exitCode } = write;
                return { type: 'run.status', id, status, ...(exitCode !== undefined && { exitCode }) };
            }
            case 'change':
                return { type: 'run.changed', id, change: write.change };
            case 'count': {
                const counts = write.counters.map((counter) => [counter, record[counter] + 1]);
                return { type: 'run.changed', id, change: Object.fromEntries(counts) as Partial<RunRecord> };
            }
            case 'boot':
                return { type: 'run.boot', id, incarnation: record.incarnation + 1, pid: write.pid };
            case 'exit': {
                const { exitCode, signal } = write;
                return { type: 'run.exit', id, incarnation: record.incarnation, exitCode, signal };
            }
            case 'event': {
                const { name, data } = write;
                return { type: 'run.event', id, name, ...(data !== undefined && { data }) };
            }
            case 'strike':
                return { type: 'run.struck', id, fault: write.fault };
            default:
                return write satisfies never;
        }
    }

    #releaseLocks(): void {
        const { store } = this.context;
        const now = Date.now();
        for (const [id, { content }] of store.state.storages['request-queues']) {
            const requestIds = content.lockedBy({ runId: this.runId }, now);
            if (requestIds.length > 0) store.commit({ type: 'requests.unlocked', id, requestIds });
        }
    }
}
