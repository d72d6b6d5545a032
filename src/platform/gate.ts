import type { ApiError } from './errors.js';

/** One API call of a run, as a fault sees it. */
export interface ApiCall {
    runId: string;
    /** Its number among all calls to the platform, as in the trace. */
    call: number;
    /** As in the API's public description. */
    operationId: string;
    /** Parameters of the path, such as a record's `key`. */
    params: Readonly<Record<string, string>>;
    /** The run's n-th call, counted from 1 over all its processes. */
    n: number;
    /** The run's n-th call of this operation, counted likewise. */
    nOfOperation: number;
}

/** What becomes of a call before it is applied: `drop` cuts the connection, and an error is its answer. */
export type PassageBefore = 'go' | 'drop' | ApiError;

/**
 * What becomes of its answer: `drop` cuts the connection without it, `tear` in the middle of its body,
 * or before an answer that has none.
 */
export type PassageAfter = 'go' | 'drop' | 'tear';

/**
 * Told of each API call that a run makes. `before` runs when the call has been read and not yet applied, `after` when
 * it has been applied and not yet answered; the call waits for what they return.
 */
export type ApiCallListener = (call: ApiCall) => {
    before?: () => Promise<PassageBefore>;
    after?: () => Promise<PassageAfter>;
} | void;

/** Numbers the calls of runs and lets a listener stand between reading, applying and answering them. */
export class ApiCallGate {
    listener: ApiCallListener | undefined;
    readonly #counts = new Map<string, Map<string, number>>();

    /** The places of a run's call among its calls. */
    count(runId: string, operationId: string): Pick<ApiCall, 'n' | 'nOfOperation'> {
        const counts = this.#counts.get(runId) ?? new Map<string, number>();
        this.#counts.set(runId, counts);
        const n = (counts.get('') ?? 0) + 1;
        const nOfOperation = (counts.get(operationId) ?? 0) + 1;
        counts.set('', n).set(operationId, nOfOperation);
        return { n, nOfOperation };
    }

    admit(call: ApiCall): ReturnType<ApiCallListener> {
        return this.listener?.(call);
    }
}
