import type { Row } from './leftovers.js';

/** What every difference says of itself. */
export interface Placed {
    /** The started run that it is found in, such as `child` or `child 2`; empty for the run that is tried. */
    of: string;
    /** Index in the trace of the struck run at which it came about; undefined where nobody knows. */
    at?: number;
    /** The strikes after which it came about, from 1; 0 is the time before the first. None where nobody knows. */
    strikes: readonly number[];
}

/** A place in a row or record at which it is another one: `offers[2].price`, or empty for all of it. */
export interface ChangedField {
    path: string;
    expected: unknown;
    actual: unknown;
}

/** Counts that are not the same. */
interface Counts {
    expected: number;
    actual: number;
}

/** One way in which what a struck run has left is not what the undisturbed run has left. */
export type Difference = Placed &
    (
        | { kind: 'ended'; expected: string; actual: string }
        | {
              kind: 'missing-rows' | 'duplicated-rows' | 'extra-rows';
              dataset: string;
              count: number;
              examples: readonly Row[];
          }
        | { kind: 'differing-rows'; dataset: string; count: number; examples: readonly (ChangedField & { row: Row })[] }
        /** The same rows, from this one on in another order; rows count from 1. */
        | { kind: 'row-order'; dataset: string; row: number }
        | { kind: 'missing-record' | 'extra-record'; key: string }
        /** `count` is that of all places; the first of them are listed. */
        | { kind: 'differing-record'; key: string; count: number; changes: readonly ChangedField[] }
        /** Not JSON: what tells the two apart. */
        | { kind: 'differing-file'; key: string; expected: string; actual: string }
        /** A storage that holds nothing. */
        | { kind: 'missing-storage' | 'extra-storage'; storage: string }
        /** Examples of requests that are not there, or not handled, and of those that undisturbed are not. */
        | ({
              kind: 'requests';
              queue: string;
              what: 'total' | 'handled';
              missing: readonly string[];
              extra: readonly string[];
          } & Counts)
        | ({ kind: 'charges'; event: string } & Counts)
        | ({ kind: 'webhooks'; webhook: string } & Counts)
        | ({ kind: 'started'; actor: string } & Counts)
    );

/** What is found to differ, without what it says of itself. */
export type Found = Difference extends infer Each
    ? Each extends Difference
        ? Omit<Each, keyof Placed>
        : never
    : never;

/** The worst that differences come to, from nothing to a run that did not end as it should. */
export const JUDGEMENTS = ['same', 'duplicated', 'differing', 'missing', 'broken'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/**
 * `broken`: the run did not end as the undisturbed one; `missing`: rows or records are not there; `differing`: something
 * is there that should not be, or is another; `duplicated`: rows are there too often, and nothing else is wrong.
 */
export function judgementOf(differences: readonly Pick<Difference, 'kind' | 'of'>[]): Judgement {
    const kinds = new Set(differences.map(({ kind }) => kind));
    if (kinds.size === 0) return 'same';
    if (differences.some(({ kind, of }) => kind === 'ended' && of === '')) return 'broken';
    if (kinds.has('missing-rows') || kinds.has('missing-record') || kinds.has('missing-storage')) return 'missing';
    return kinds.size === 1 && kinds.has('duplicated-rows') ? 'duplicated' : 'differing';
}

/** What it is that differs, whatever the difference: two runs may differ in one thing in several ways. */
export function whatDiffers(difference: Difference): string {
    return [difference.of, ...nameOf(difference)].join('|');
}

function nameOf(difference: Difference): [group: string, name: string] {
    switch (difference.kind) {
        case 'ended':
            return ['ended', ''];
        case 'missing-rows':
        case 'extra-rows':
        case 'differing-rows':
            return ['rows', difference.dataset];
        case 'duplicated-rows':
            return ['duplicated', difference.dataset];
        case 'row-order':
            return ['order', difference.dataset];
        case 'missing-record':
        case 'extra-record':
        case 'differing-record':
        case 'differing-file':
            return ['record', difference.key];
        case 'missing-storage':
        case 'extra-storage':
            return ['storage', difference.storage];
        case 'requests':
            return ['requests', difference.queue];
        case 'charges':
            return ['charges', difference.event];
        case 'webhooks':
            return ['webhooks', difference.webhook];
        case 'started':
            return ['started', difference.actor];
        default:
            return difference satisfies never;
    }
}
