import { nearOperations, operationsNamed } from './operation-names.js';
import { UsageError } from '../base/usage-error.js';

/** What strikes a run. Those that are called by a status end it so at once, and it is resurrected. */
export const FAULTS = ['migrate', 'crash', 'abort', 'restart', 'timed-out', 'failed', 'aborted'] as const;

export type Fault = (typeof FAULTS)[number];

/** When a fault strikes. Counts run over the whole trial, whatever process makes the call. */
export type Trigger =
    | { kind: 'time'; millis: number }
    /** Again and again, so long after the strike before. */
    | { kind: 'every'; millis: number }
    /** The n-th API call, of one operation or of `any`, before it is applied or after, always before its answer. */
    | { kind: 'call'; operation: string; n: number; when: 'before' | 'after' }
    /** The n-th page of a kind that a web site of ours serves: requested, and not sent yet. */
    | { kind: 'page'; page: string; n: number };

export interface Strike {
    fault: Fault;
    trigger: Trigger;
}

/** All that strikes a run in one trial. */
export type FaultPlan = readonly Strike[];

/** An Actor that is struck more often than it can boot gets nowhere. */
const MIN_EVERY_MILLIS = 100;

const TIME = /^(every:)?(\d+(?:\.\d+)?)(ms|s)$/;
const COUNTED = /^([a-zA-Z_][\w.-]*)@(\d+)(?::(before|after))?$/;

/**
 * How triggers are written, for help texts and error messages.
 *
 * @param pages Kinds of pages that can be named.
 */
export function triggerForms(pages: readonly string[] = []): string {
    const page = pages.length === 0 ? '' : `, a page (${pages.map((kind, i) => `'${kind}@${i + 1}'`).join(', ')})`;
    return (
        `a time ('8s', '500ms', 'every:30s')${page} or an API call ` +
        "('call@17:before', 'datasets.items.post@5:after')"
    );
}

/**
 * Reads a trigger.
 *
 * @param pages Kinds of pages that can be named.
 * @throws UsageError that names the forms.
 */
export function parseTrigger(text: string, pages: readonly string[] = []): Trigger {
    const time = TIME.exec(text);
    if (time) {
        const millis = Number(time[2]) * (time[3] === 's' ? 1_000 : 1);
        if (time[1] === undefined) return { kind: 'time', millis };
        if (millis >= MIN_EVERY_MILLIS) return { kind: 'every', millis };
    }
    const [, name, count, when] = COUNTED.exec(text) ?? [];
    const n = Number(count);
    if (name === undefined || n < 1) throw new UsageError(`'${text}' is no trigger. Give ${triggerForms(pages)}.`);
    const page = pages.find((kind) => kind === name);
    if (page && when === undefined) return { kind: 'page', page, n };
    if (page) throw new UsageError(`'${text}' is no trigger: a page takes no ':${when}'. Give ${triggerForms(pages)}.`);
    return {
        kind: 'call',
        operation: operationOf(name, pages),
        n,
        when: (when as 'before' | 'after' | undefined) ?? 'after',
    };
}

/**
 * @throws UsageError when the name is not that of one operation.
 */
function operationOf(name: string, pages: readonly string[]): string {
    if (name === 'call') return 'any';
    const [operation, ...others] = operationsNamed(name);
    if (operation === undefined) {
        throw new UsageError(
            `'${name}' is ${pages.length === 0 ? 'no' : 'neither a page nor an'} operation of the API. ` +
                `${nearOperations(name)} Give ${triggerForms(pages)}.`,
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
 * @param pages Kinds of pages that triggers can name.
 * @throws UsageError that names the forms.
 */
export function parsePlan(text: string, pages: readonly string[] = []): FaultPlan {
    const strikes = text.split(/[\s,]+/).filter((word) => word !== '');
    return strikes.map((strike) => {
        const colon = strike.indexOf(':');
        const fault = FAULTS.find((known) => known === strike.slice(0, colon));
        if (!fault)
            throw new UsageError(`'${strike}' is no strike. Give <fault>:<trigger>, for example crash:call@17:before.`);
        return { fault, trigger: parseTrigger(strike.slice(colon + 1), pages) };
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
