/** One API call of a run, as a fault sees it. */
export interface ApiCall {
    runId: string;
    /** As in the API's public description. */
    operationId: string;
    /** Parameters of the path, such as a record's `key`. */
    params: Readonly<Record<string, string>>;
    /** The run's n-th call, counted from 1 over all its processes. */
    n: number;
    /** The run's n-th call of this operation, counted likewise. */
    nOfOperation: number;
}

/**
 * `drop` cuts the connection without an answer; `tear`, of use after a call only, in the middle of the answer's body, or
 * before an answer that has none.
 */
export type Passage = 'go' | 'drop' | 'tear';

/**
 * Told of each API call that a run makes. `before` runs when the call has been read and not yet applied, `after` when
 * it has been applied and not yet answered; the call waits for what they return. An ApiError that `before` throws is
 * the call's answer.
 */
export type ApiCallListener = (call: ApiCall) => {
    before?: () => Promise<Passage>;
    after?: () => Promise<Passage>;
} | void;

/** Numbers the calls of runs and lets a listener stand between reading, applying and answering them. */
export class ApiCallGate {
    listener: ApiCallListener | undefined;
    readonly #counts = new Map<string, Map<string, number>>();

    admit({ runId, operationId, params }: Omit<ApiCall, 'n' | 'nOfOperation'>): ReturnType<ApiCallListener> {
        const counts = this.#counts.get(runId) ?? new Map<string, number>();
        this.#counts.set(runId, counts);
        const n = (counts.get('') ?? 0) + 1;
        const nOfOperation = (counts.get(operationId) ?? 0) + 1;
        counts.set('', n).set(operationId, nOfOperation);
        return this.listener?.({ runId, operationId, params, n, nOfOperation });
    }

    /** How often a run has made each call; its total is the sum. */
    counts(runId: string): Record<string, number> {
        const { '': _total, ...counts } = Object.fromEntries(this.#counts.get(runId) ?? []);
        return counts;
    }
}
