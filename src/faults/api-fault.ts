import { ApiError, type ApiCall, type ApiCallListener } from '../platform/index.js';
import { operationsNamed } from './operation-names.js';
import { UsageError } from '../base/usage-error.js';

/** What can go wrong between a client and the API. */
export type ApiFaultKind =
    /** Answered with this status; the call is not applied. */
    | { kind: 'error'; status: number }
    /** Answered with 429, as above a rate limit; the call is not applied. */
    | { kind: 'rate-limit' }
    /** Applied after so many milliseconds. */
    | { kind: 'latency'; millis: number }
    /** The connection is cut, and the call not applied. */
    | { kind: 'reset-before' }
    /** The call is applied, and the connection cut before the answer. */
    | { kind: 'reset-after' }
    /** The call is applied, and the connection cut in the middle of the answer's body, or before an answer without. */
    | { kind: 'torn-body' };

/** A fault and the calls that it meets, counted by operation over all processes of the run. */
export interface ApiFault {
    /** As it was written. */
    text: string;
    fault: ApiFaultKind;
    /** By `operationId`. Of several, each is counted for itself. */
    operations: readonly string[];
    /** First and last call that is met, from 1; the last may be `Infinity`. */
    from: number;
    to: number;
}

/** How API faults are written, for help texts and error messages. */
export const API_FAULT_FORMS =
    "<operation>:<fault>, then '@3' for the third call only, '@3-5' or '@3+', nothing for every call; faults are " +
    'status-503 (or another), rate-limit, latency-2s, reset-before, reset-after, torn-body';

const FORM = /^([\w.-]+):([a-z]+(?:-[\w.]+)*)(?:@(\d+)(\+|-(\d+))?)?$/;
const STATUS = /^status-([45]\d\d)$/;
const LATENCY = /^latency-(\d+(?:\.\d+)?)(ms|s)$/;

/**
 * Reads an API fault, such as `datasets.items.post:reset-after@3`.
 *
 * @throws UsageError that names the forms.
 */
export function parseApiFault(text: string): ApiFault {
    const [, name, what, first, more, last] = FORM.exec(text) ?? [];
    const fault = what === undefined ? undefined : parseKind(what);
    const from = Number(first ?? 1);
    const to = lastOf(first, more, last);
    if (name === undefined || !fault || from < 1 || to < from) {
        throw new UsageError(`'${text}' is no API fault. Give ${API_FAULT_FORMS}.`);
    }
    const operations = operationsNamed(name);
    if (operations.length > 0) return { text, fault, operations, from, to };
    throw new UsageError(
        `'${name}' is no operation of the API. Give an operationId of https://docs.apify.com/api/v2 such as ` +
            "dataset_items_post, a path such as datasets.items.post, or 'call' for all.",
    );
}

function parseKind(what: string): ApiFaultKind | undefined {
    const status = STATUS.exec(what)?.[1];
    if (status !== undefined) return { kind: 'error', status: Number(status) };
    const [, time, unit] = LATENCY.exec(what) ?? [];
    if (time !== undefined) return { kind: 'latency', millis: Number(time) * (unit === 's' ? 1_000 : 1) };
    const plain = (['rate-limit', 'reset-before', 'reset-after', 'torn-body'] as const).find((kind) => kind === what);
    return plain && { kind: plain };
}

function lastOf(first: string | undefined, more: string | undefined, last: string | undefined): number {
    if (first === undefined || more === '+') return Infinity;
    return Number(last ?? first);
}

/**
 * For the platform: lets calls meet their faults.
 *
 * @param onMet Told of each fault that meets a call.
 */
export function apiFaultListener(
    faults: readonly ApiFault[],
    onMet: (fault: ApiFault, call: ApiCall) => void = () => {},
): ApiCallListener {
    return (call) => {
        let passes: ReturnType<ApiCallListener> = undefined;
        for (const met of faults.filter((candidate) => isMet(candidate, call))) {
            onMet(met, call);
            passes = inTurn(passes, meet(met.fault));
        }
        return passes;
    };
}

function isMet({ operations, from, to }: ApiFault, { operationId, nOfOperation }: ApiCall): boolean {
    return operations.includes(operationId) && nOfOperation >= from && nOfOperation <= to;
}

function meet(fault: ApiFaultKind): NonNullable<ReturnType<ApiCallListener>> {
    switch (fault.kind) {
        case 'error':
            return { before: async () => Promise.resolve(errorOf(fault.status)) };
        case 'rate-limit':
            return { before: async () => Promise.resolve(errorOf(429)) };
        case 'latency':
            return {
                before: async () =>
                    new Promise((resolve) => {
                        setTimeout(() => resolve('go'), fault.millis).unref();
                    }),
            };
        case 'reset-before':
            return { before: async () => Promise.resolve('drop') };
        case 'reset-after':
            return { after: async () => Promise.resolve('drop') };
        case 'torn-body':
            return { after: async () => Promise.resolve('tear') };
        default:
            return fault satisfies never;
    }
}

function errorOf(status: number): ApiError {
    if (status === 429) {
        return new ApiError(429, 'rate-limit-exceeded', 'You have exceeded the rate limit (an API fault of this run).');
    }
    const type = status >= 500 ? 'internal-server-error' : 'invalid-request';
    return new ApiError(status, type, `This call was answered with ${status} by an API fault of this run.`);
}

/** Two listeners' say on one call: the outer one stands nearer to the client. What is not let through goes no further. */
export function inTurn(
    outer: ReturnType<ApiCallListener>,
    inner: ReturnType<ApiCallListener>,
): ReturnType<ApiCallListener> {
    if (!outer || !inner) return outer ?? inner;
    return {
        before: async () => {
            const passage = (await outer.before?.()) ?? 'go';
            return passage === 'go' ? ((await inner.before?.()) ?? 'go') : passage;
        },
        after: async () => {
            const passage = (await inner.after?.()) ?? 'go';
            return passage === 'go' ? ((await outer.after?.()) ?? 'go') : passage;
        },
    };
}
