import type { TraceEntry } from '../trace/recorded.js';
import { isStrike, type Trace } from '../trace/trace.js';
import { writersOf } from '../trace/writers.js';

/** Steps that are told before and after the one at which something came about. */
const BEFORE = 3;
const AFTER = 1;

/** Tells what a run did where something came about, from strikes and boots to calls. */
export class Around {
    readonly #steps: { index: number; runId: string | undefined; text: string; isStrike: boolean }[] = [];
    readonly #writers: ReturnType<typeof writersOf>;
    readonly #callIndexes = new Map<number, number>();

    constructor(private readonly trace: Trace) {
        this.#writers = writersOf(trace);
        let strikes = 0;
        for (const [index, entry] of trace.tried()) {
            if (entry.type === 'strike') strikes++;
            if (entry.type === 'call') this.#callIndexes.set(entry.call, index);
            const step = stepOf(entry, strikes);
            if (step) this.#steps.push({ index, ...step, isStrike: isStrike(entry) });
            if (entry.type === 'call.fault') this.#steps.at(-1)!.text += ` met by API fault ${entry.fault}`;
        }
    }

    /**
     * The steps around an entry, in brackets the one to which it belongs.
     *
     * @param index Of the entry in the trace.
     */
    at(index: number): string {
        const writer = this.#writers.get(index);
        const runs = new Set([writer?.runId, this.trace.runId]);
        const steps = this.#steps.filter(({ runId }) => runs.has(runId));
        const here = writer === undefined ? index : (this.#callIndexes.get(writer.call) ?? index);
        const place = steps.findLastIndex((step) => step.index <= here);
        const from = Math.max(0, place - BEFORE);
        const near = steps
            .slice(from, place + 1 + AFTER)
            .map((step) => (step.index === here ? `[${step.text}]` : step.text));
        const strike = steps.slice(0, from).findLast(({ isStrike }) => isStrike);
        return [...(strike ? [strike.text, '…'] : []), ...near].join(' → ');
    }
}

function stepOf(entry: TraceEntry, strikes: number): { runId: string; text: string } | undefined {
    switch (entry.type) {
        case 'strike':
            return { runId: entry.runId, text: `strike ${strikes}: ${entry.fault}` };
        case 'forked':
            return { runId: entry.runId, text: 'the crash from which the fork goes on' };
        case 'run.boot':
            return { runId: entry.id, text: `process ${entry.incarnation} boots` };
        case 'run.exit':
            return { runId: entry.id, text: `process ${entry.incarnation} ends` };
        case 'call': {
            const { runId, n, operationId, params } = entry;
            if (runId === undefined || n === undefined) return undefined;
            const key = params.key === undefined ? '' : ` ${params.key}`;
            return { runId, text: `call ${n} ${operationId}${key}` };
        }
        default:
            return undefined;
    }
}
