import { operationsNamed } from './operation-names.js';
import { UsageError } from './usage-error.js';

/** What strikes a run. */
export type Fault = 'migrate' | 'crash' | 'abort' | 'restart';

export const FAULTS: readonly Fault[] = ['migrate', 'crash', 'abort', 'restart'];

/** The kinds of pages that the demo shop serves. */
export type PageKind = 'search' | 'product' | 'offers';

/** When a fault strikes. Counts run over the whole trial, whatever process makes the call. */
export type Trigger =
    | { kind: 'time'; millis: number }
    /** Again and again, so long after the strike before. */
    | { kind: 'every'; millis: number }
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

/** An Actor that is struck more often than it can boot gets nowhere. */
const MIN_EVERY_MILLIS = 100;

const PAGE_KINDS: readonly PageKind[] = ['search', 'product', 'offers'];
const TIME = /^(every:)?(\d+(?:\.\d+)?)(ms|s)$/;
const COUNTED = /^([a-zA-Z_][\w.-]*)@(\d+)(?::(before|after))?$/;

/** How triggers are written, for help texts and error messages. */
export const TRIGGER_FORMS =
    "a time ('8s', '500ms'), a page ('offers@3', 'product@2', 'search@1') or an API call " +
    "('call@17:before', 'dataset_items_post@5:after')";

/** The same, where no demo shop serves pages. */
export const SHOPLESS_TRIGGER_FORMS =
    "a time ('8s', '500ms', 'every:30s') or an API call ('call@17:before', 'datasets.items.post@5:after')";

/**
 * Reads a trigger.
 *
 * @throws UsageError that names the forms.
 */
export function parseTrigger(text: string): Trigger {
    const time = TIME.exec(text);
    if (time) {
        const millis = Number(time[2]) * (time[3] === 's' ? 1_000 : 1);
        if (time[1] === undefined) return { kind: 'time', millis };
        if (millis >= MIN_EVERY_MILLIS) return { kind: 'every', millis };
    }
    const [, name, count, when] = COUNTED.exec(text) ?? [];
    const n = Number(count);
    if (name === undefined || n < 1) throw new UsageError(`'${text}' is no trigger. Give ${TRIGGER_FORMS}.`);
    const page = PAGE_KINDS.find((kind) => kind === name);
    if (page && when === undefined) return { kind: 'page', page, n };
    if (page) throw new UsageError(`'${text}' is no trigger: a page takes no ':${when}'. Give ${TRIGGER_FORMS}.`);
    return { kind: 'call', operation: operationOf(name), n, when: (when as 'before' | 'after' | undefined) ?? 'after' };
}

/**
 * @throws UsageError when the name is not that of one operation.
 */
function operationOf(name: string): string {
    if (name === 'call') return 'any';
    const [operation, ...others] = operationsNamed(name);
    if (operation === undefined) {
        throw new UsageError(
            `'${name}' is neither a page nor an operation of the API, as in https://docs.apify.com/api/v2. ` +
                `Give ${TRIGGER_FORMS}.`,
        );
    }
    if (others.length === 0) return operation;
    throw new UsageError(`'${name}' stands for several operations: give one of ${[operation, ...others].join(', ')}.`);
}

/** The inverse of `parseTrigger`. */
export function formatTrigger(trigger: Trigger): string {
    switch (trigger.kind) {
        case 'time':
            return formatTime(trigger.millis);
        case 'every':
            return `every:${formatTime(trigger.millis)}`;
        case 'page':
            return `${trigger.page}@${trigger.n}`;
        case 'call':
            return `${trigger.operation === 'any' ? 'call' : trigger.operation}@${trigger.n}:${trigger.when}`;
        default:
            return trigger satisfies never;
    }
}

function formatTime(millis: number): string {
    return millis % 1_000 === 0 ? `${millis / 1_000}s` : `${millis}ms`;
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
            trigger.kind === 'time' || trigger.kind === 'every'
                ? { ...trigger, millis: trigger.millis * factor }
                : { ...trigger, n: trigger.n * factor };
        return { fault, trigger: repeated };
    });
}
