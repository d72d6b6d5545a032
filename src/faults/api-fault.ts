import { ApiError, type ApiCall, type ApiCallListener } from '../platform/index.js';
import { nearest } from '../base/nearest.js';
import { errorStatusOf, ERROR_TYPES } from './error-types.js';
import { nearOperations, operationsNamed } from './operation-names.js';
import { UsageError } from '../base/usage-error.js';

/** What can go wrong between a client and the API. */
export type ApiFaultKind =
    /** Answered with this status and error type; the call is not applied. */
    | { kind: 'error'; status: number; type: string }
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
    'status-503 (or another), status-402/<type of error>, a type alone such as actor-memory-limit-exceeded, ' +
    'rate-limit, latency-2s, reset-before, reset-after, torn-body';

const FORM = /^([\w.-]+):([a-z]\w*(?:-[\w.]+)*(?:\/[\w-]+)?)(?:@(\d+)(\+|-(\d+))?)?$/;
const STATUS = /^status-([45]\d\d)(?:\/([\w-]+))?$/;
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
        const like = what === undefined || fault ? '' : ` Faults like it are ${nearest(what, FAULT_NAMES).join(', ')}.`;
        throw new UsageError(`'${text}' is no API fault.${like} Give ${API_FAULT_FORMS}.`);
    }
    const operations = operationsNamed(name);
    if (operations.length > 0) return { text, fault, operations, from, to };
    throw new UsageError(
        `'${name}' is no operation of the API. ${nearOperations(name)} Give an operationId such as ` +
            "dataset_items_post, a path such as datasets.items.post, or 'call' for all.",
    );
}

const PLAIN_KINDS = ['reset-before', 'reset-after', 'torn-body'] as const;
const FAULT_NAMES = ['status-503', 'rate-limit', 'latency-2s', ...PLAIN_KINDS, ...Object.keys(ERROR_TYPES)];

function parseKind(what: string): ApiFaultKind | undefined {
    const [, status, type] = STATUS.exec(what) ?? [];
    if (status !== undefined) return { kind: 'error', status: Number(status), type: type ?? usualType(Number(status)) };
    const known = what === 'rate-limit' ? 'rate-limit-exceeded' : what;
    const itsStatus = errorStatusOf(known);
    if (itsStatus !== undefined) return { kind: 'error', status: itsStatus, type: known };
    const [, time, unit] = LATENCY.exec(what) ?? [];
    if (time !== undefined) return { kind: 'latency', millis: Number(time) * (unit === 's' ? 1_000 : 1) };
    const plain = PLAIN_KINDS.find((kind) => kind === what);
    return plain && { kind: plain };
}

/** The type of error that a status has when nobody names one. */
function usualType(status: number): string {
    if (status === 429) return 'rate-limit-exceeded';
    return status >= 500 ? 'internal-server-error' : 'invalid-request';
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
            return { before: async () => Promise.resolve(errorOf(fault)) };
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

function errorOf({ status, type }: { status: number; type: string }): ApiError {
    return new ApiError(status, type, `This call was answered with ${status} (${type}) by an API fault of this run.`);
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
