import { OPERATIONS } from '../platform/index.js';
import type { PageKind } from '../shop/index.js';
import { UsageError } from './usage-error.js';

/** What strikes a run. */
export type Fault = 'migrate' | 'crash' | 'abort' | 'restart';

export const FAULTS: readonly Fault[] = ['migrate', 'crash', 'abort', 'restart'];

/** When a fault strikes. Counts run over the whole trial, whatever process makes the call. */
export type Trigger =
    | { kind: 'time'; millis: number }
    /** The n-th API call, of one operation or of `any`, before it is applied or after, always before its answer. */
    | { kind: 'call'; operation: string; n: number; when: 'before' | 'after' }
    /** The n-th page of a kind: requested, and not sent yet. */
    | { kind: 'page'; page: PageKind; n: number };

export interface Strike {
    fault: Fault;
    trigger: Trigger;
}

/** All that strikes a run in one trial. */
export type FaultPlan = readonly Strike[];

const PAGE_KINDS: readonly PageKind[] = ['search', 'product', 'offers'];
const TIME = /^(\d+(?:\.\d+)?)(ms|s)$/;
const COUNTED = /^([a-zA-Z_]+)@(\d+)(?::(before|after))?$/;

/** How triggers are written, for help texts and error messages. */
export const TRIGGER_FORMS =
    "a time ('8s', '500ms'), a page ('offers@3', 'product@2', 'search@1') or an API call " +
    "('call@17:before', 'dataset_items_post@5:after')";

/**
 * Reads a trigger.
 *
 * @throws UsageError that names the forms.
 */
export function parseTrigger(text: string): Trigger {
    const time = TIME.exec(text);
    if (time) return { kind: 'time', millis: Number(time[1]) * (time[2] === 's' ? 1_000 : 1) };
    const [, name, count, when] = COUNTED.exec(text) ?? [];
    const n = Number(count);
    if (name === undefined || n < 1) throw new UsageError(`'${text}' is no trigger. Give ${TRIGGER_FORMS}.`);
    const page = PAGE_KINDS.find((kind) => kind === name);
    if (page && when === undefined) return { kind: 'page', page, n };
    if (page) throw new UsageError(`'${text}' is no trigger: a page takes no ':${when}'. Give ${TRIGGER_FORMS}.`);
    const operation = name === 'call' ? 'any' : name;
    if (operation !== 'any' && !OPERATIONS.some(({ operationId }) => operationId === operation)) {
        throw new UsageError(
            `'${name}' is neither a page nor an operation of the API, as in https://docs.apify.com/api/v2. ` +
                `Give ${TRIGGER_FORMS}.`,
        );
    }
    return { kind: 'call', operation, n, when: (when as 'before' | 'after' | undefined) ?? 'after' };
}

/** The inverse of `parseTrigger`. */
export function formatTrigger(trigger: Trigger): string {
    switch (trigger.kind) {
        case 'time':
            return trigger.millis % 1_000 === 0 ? `${trigger.millis / 1_000}s` : `${trigger.millis}ms`;
        case 'page':
            return `${trigger.page}@${trigger.n}`;
        case 'call':
            return `${trigger.operation === 'any' ? 'call' : trigger.operation}@${trigger.n}:${trigger.when}`;
        default:
            return trigger satisfies never;
    }
}

/**
 * Reads a whole plan: strikes as `<fault>:<trigger>`, with spaces or commas between them.
 *
 * @throws UsageError that names the forms.
 */
export function parsePlan(text: string): FaultPlan {
    const strikes = text.split(/[\s,]+/).filter((word) => word !== '');
    return strikes.map((strike) => {
        const colon = strike.indexOf(':');
        const fault = FAULTS.find((known) => known === strike.slice(0, colon));
        if (!fault)
            throw new UsageError(`'${strike}' is no strike. Give <fault>:<trigger>, for example crash:offers@3.`);
        return { fault, trigger: parseTrigger(strike.slice(colon + 1)) };
    });
}

/** The inverse of `parsePlan`. */
export function formatPlan(plan: FaultPlan): string {
    return plan.map(({ fault, trigger }) => `${fault}:${formatTrigger(trigger)}`).join(',');
}

/** The same fault several times: at the n-th occasion, the 2n-th and so on. */
export function repeat({ fault, trigger }: Strike, times: number): FaultPlan {
    return Array.from({ length: times }, (_, i) => {
        const factor = i + 1;
        const repeated: Trigger =
            trigger.kind === 'time'
                ? { ...trigger, millis: trigger.millis * factor }
                : { ...trigger, n: trigger.n * factor };
        return { fault, trigger: repeated };
    });
}
