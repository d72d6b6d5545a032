import { withoutFields, withoutPlaces } from './canonical.js';
import { type Change, changesBetween } from './changes.js';
import { comparedPart, compareRows, type PlacedRow, type RowPair, type RowRules } from './compare-rows.js';
import type { ChangedField, Difference, Found } from './difference.js';
import { isAnswer } from './answers.js';
import type { Origins } from './origins.js';
import { OWN, recordLabel } from './labels.js';
import type { Leftovers, QueueLeft, Row } from './leftovers.js';
import { pathText } from './path.js';
import { isCompared, type RecordRules } from './record-rules.js';
import { type Sides, startedPairs } from './started-pairs.js';
import type { FileRecord, RecordContent } from './record-content.js';

/** How leftovers are compared. */
export interface CompareRules extends Omit<RowRules, 'places'>, RecordRules {
    /** The order of rows counts, too. */
    ordered?: boolean;
}

/** Places that are left out, by what they are in: `datasetSubject` or `recordSubject`. */
export type VolatilePlaces = ReadonlyMap<string, ReadonlySet<string>>;

/** What else is known where leftovers are compared. */
export interface CompareContext {
    /** Of the struck run: says since when something differs. */
    origins?: Origins;
    /** Where strikes struck, as indexes of the struck run's trace. */
    strikes?: readonly number[];
    /** Places in rows and records that differ between undisturbed runs. */
    places?: VolatilePlaces;
}

/** Examples that are kept of each kind of row or request. */
const MAX_EXAMPLES = 3;
/** Places of a record that are listed. */
const MAX_CHANGES = 20;

const NO_PLACES: ReadonlySet<string> = new Set();

/** What places in the rows of a dataset are kept under. */
export function datasetSubject(actors: string, dataset: string): string {
    return `${actors}|dataset|${dataset}`;
}

/** What places in a record are kept under. */
export function recordSubject(actors: string, key: string): string {
    return `${actors}|record|${key}`;
}

/** Compares what a struck run has left with what the undisturbed run has left, both made alike. */
export function differencesBetween(
    expected: Leftovers,
    actual: Leftovers,
    rules: CompareRules,
    context: CompareContext = {},
): Difference[] {
    return new Comparer(rules, context, '', '').compare(expected, actual);
}

class Comparer {
    readonly #found: Difference[] = [];

    /**
     * @param of How differences say which run it is.
     * @param actors The Actors by which it was started, which is the same for all runs of one Actor.
     */
    constructor(
        private readonly rules: CompareRules,
        private readonly context: CompareContext,
        private readonly of: string,
        private readonly actors: string,
    ) {}

    compare(expected: Leftovers, actual: Leftovers): Difference[] {
        const sides = { expected, actual };
        this.#ends(sides);
        for (const dataset of namesOf(expected.datasets, actual.datasets)) this.#dataset(dataset, sides);
        for (const key of namesOf(expected.records, actual.records)) this.#record(key, sides);
        this.#stores(sides);
        for (const queue of namesOf(expected.requests, actual.requests)) this.#queue(queue, sides);
        this.#charges(sides);
        this.#webhooks(sides);
        for (const actor of namesOf(expected.started, actual.started)) this.#started(actor, sides);
        return this.#found;
    }

    /** @param at Indexes at which it came about; none where nobody knows. */
    #add(found: Found, ...at: number[]): void {
        const { origins, strikes = [] } = this.context;
        const [first] = at;
        const since = new Set(at.map((index) => strikes.filter((strike) => strike <= index).length));
        const isKnown = origins !== undefined && first !== undefined;
        this.#found.push({
            ...found,
            of: this.of,
            strikes: isKnown ? [...since].sort((a, b) => a - b) : [],
            ...(isKnown && { at: first }),
        } as Difference);
    }

    #ends({ expected, actual }: Sides): void {
        const [before, after] = [expected, actual].map(({ ended, exitCode }) =>
            exitCode === undefined ? ended : `${ended} with exit code ${exitCode}`,
        );
        if (before === after) return;
        this.#add({ kind: 'ended', expected: before!, actual: after! }, ...this.#at((all) => all.end(actual.runId)));
    }

    #dataset(dataset: string, { expected, actual }: Sides): void {
        const places = this.context.places?.get(datasetSubject(this.actors, dataset)) ?? NO_PLACES;
        const rules = { ...this.rules, places };
        const [before, after] = [expected.datasets[dataset], actual.datasets[dataset]];
        const { missing, duplicated, extra, differing, same } = compareRows(before ?? [], after ?? [], rules);
        const atRow = (index: number): number[] => this.#at((all) => all.row(actual.ids.datasets[dataset], index));
        const rowsAt = (rows: readonly PlacedRow[]): number[] => rows.flatMap(({ index }) => atRow(index));
        if (missing.length > 0) {
            const at = followers(missing, same).flatMap(atRow);
            this.#add({ kind: 'missing-rows', dataset, count: missing.length, examples: rowsOf(missing) }, ...at);
        }
        for (const [kind, rows] of [
            ['duplicated-rows', duplicated],
            ['extra-rows', extra],
        ] as const) {
            if (rows.length === 0) continue;
            this.#add({ kind, dataset, count: rows.length, examples: rowsOf(rows) }, ...rowsAt(rows));
        }
        if (differing.length > 0) {
            const examples = differing.slice(0, MAX_EXAMPLES).map((pair) => {
                const [part, other] = [pair.expected.row, pair.actual.row].map((row) => comparedPart(row, rules));
                return { row: pair.actual.row, ...changedField(changesBetween(part, other)[0]!) };
            });
            const at = rowsAt(differing.map((pair) => pair.actual));
            this.#add({ kind: 'differing-rows', dataset, count: differing.length, examples }, ...at);
        }
        if (this.rules.ordered) {
            const disordered = same.find((pair, i) => i > 0 && pair.actual.index < same[i - 1]!.actual.index);
            if (disordered) {
                const row = disordered.actual.index;
                this.#add({ kind: 'row-order', dataset, row: row + 1 }, ...atRow(row));
            }
        }
        if ([...(before ?? []), ...(after ?? [])].length === 0) this.#storage('dataset', dataset, before, after);
    }

    #storage(kind: string, label: string, before: unknown, after: unknown): void {
        if ((before === undefined) === (after === undefined)) return;
        const storage = label === OWN ? `the ${kind}` : `${kind} ${label}`;
        this.#add({ kind: before === undefined ? 'extra-storage' : 'missing-storage', storage });
    }

    #record(key: string, { expected, actual }: Sides): void {
        if (!isCompared(key, this.rules)) return;
        const [before, after] = [expected.records[key], actual.records[key]];
        const at = this.#at((all) => (isAnswer(key) ? all.answer(key) : all.record(...storeAndKey(actual, key))));
        if (!before || !after) {
            this.#add({ kind: before ? 'missing-record' : 'extra-record', key }, ...at);
            return;
        }
        if ('value' in before && 'value' in after && before.contentType === after.contentType) {
            const places = this.context.places?.get(recordSubject(this.actors, key)) ?? NO_PLACES;
            const [wanted, got] = [before, after].map(({ value }) =>
                withoutPlaces(withoutFields(value, this.rules.ignore ?? []), places),
            );
            const changes = changesBetween(wanted, got);
            if (changes.length === 0) return;
            const listed = changes.slice(0, MAX_CHANGES).map(changedField);
            this.#add({ kind: 'differing-record', key, count: changes.length, changes: listed }, ...at);
            return;
        }
        const [wanted, got] = [look(before), look(after)];
        if (wanted !== got) this.#add({ kind: 'differing-file', key, expected: wanted, actual: got }, ...at);
    }

    #stores({ expected, actual }: Sides): void {
        const [before, after] = [expected.ids.stores, actual.ids.stores];
        for (const store of namesOf(before, after)) {
            const isEmpty = ({ records }: Leftovers): boolean =>
                !Object.keys(records).some((key) => key.startsWith(recordLabel(store, '')));
            if (isEmpty(expected) && isEmpty(actual)) {
                this.#storage('key-value store', store, before[store], after[store]);
            }
        }
    }

    #queue(queue: string, { expected, actual }: Sides): void {
        const [before = NO_QUEUE, after = NO_QUEUE] = [expected.requests[queue], actual.requests[queue]];
        for (const what of ['total', 'handled'] as const) {
            const [wanted, got] = [before, after].map((side) => requestsOf(side, what));
            const missing = [...wanted!].filter((key) => !got!.has(key));
            const extra = [...got!].filter((key) => !wanted!.has(key));
            if (before[what] === after[what] && missing.length === 0 && extra.length === 0) continue;
            const examples = { missing: missing.slice(0, MAX_EXAMPLES), extra: extra.slice(0, MAX_EXAMPLES) };
            const n = before[what] < after[what] ? before[what] + 1 : Infinity;
            this.#add(
                { kind: 'requests', queue, what, expected: before[what], actual: after[what], ...examples },
                ...this.#at((all) => all.request(actual.ids.queues[queue], what, n)),
            );
        }
        if (before.total + after.total === 0) {
            this.#storage('request queue', queue, expected.requests[queue], actual.requests[queue]);
        }
    }

    #charges({ expected, actual }: Sides): void {
        for (const [event, counts] of otherCounts(expected.charges, actual.charges)) {
            const at = this.#at((all) => all.charge(actual.runId, event, counts.expected + 1));
            this.#add({ kind: 'charges', event, ...counts }, ...at);
        }
    }

    #webhooks({ expected, actual }: Sides): void {
        for (const [webhook, counts] of otherCounts(expected.webhooks, actual.webhooks)) {
            const at = this.#at((all) => all.webhook(webhook, counts.expected + 1));
            this.#add({ kind: 'webhooks', webhook, ...counts }, ...at);
        }
    }

    #started(actor: string, { expected, actual }: Sides): void {
        const [before, after] = [expected.started[actor] ?? [], actual.started[actor] ?? []];
        const { pairs, extra } = startedPairs(before, after);
        if (before.length !== after.length) {
            const counts = { expected: before.length, actual: after.length };
            const at = this.#at((all) => all.start(extra[0]?.runId));
            this.#add({ kind: 'started', actor, ...counts }, ...at);
        }
        for (const pair of pairs) {
            const which = after.length === 1 ? actor : `${actor} ${after.indexOf(pair.actual) + 1}`;
            const of = this.of === '' ? which : `${this.of} > ${which}`;
            const inner = new Comparer(this.rules, this.context, of, `${this.actors} > ${actor}`);
            this.#found.push(...inner.compare(pair.expected, pair.actual));
        }
    }

    #at(find: (origins: Origins) => number): number[] {
        return this.context.origins ? [find(this.context.origins)] : [];
    }
}

/** Places of the rows that come in the struck run where rows are missing: when those are pushed, these are lost. */
function followers(missing: readonly PlacedRow[], same: readonly RowPair[]): number[] {
    let next = 0;
    return missing.map(({ index }) => {
        while (next < same.length && same[next]!.expected.index < index) next++;
        return next === 0 ? 0 : same[next - 1]!.actual.index + 1;
    });
}

const NO_QUEUE: QueueLeft = { total: 0, handled: 0, requests: new Map() };

function requestsOf({ requests }: QueueLeft, what: 'total' | 'handled'): ReadonlySet<string> {
    const keys = [...requests].filter(([, isHandled]) => what === 'total' || isHandled).map(([key]) => key);
    return new Set(keys);
}

function storeAndKey({ ids }: Leftovers, label: string): [storeId: string | undefined, key: string] {
    const slash = label.indexOf('/');
    return slash === -1 ? [ids.stores[OWN], label] : [ids.stores[label.slice(0, slash)], label.slice(slash + 1)];
}

function changedField({ path, expected, actual }: Change): ChangedField {
    return { path: pathText(path), expected, actual };
}

/** What tells a record that is not JSON from another. */
function look(record: RecordContent): string {
    if (!('sha256' in record)) return `JSON as ${record.contentType}`;
    const { contentType, bytes, sha256 }: FileRecord = record;
    return `${bytes} bytes of ${contentType}, SHA-256 ${sha256.slice(0, 12)}…`;
}

function rowsOf(rows: readonly PlacedRow[]): Row[] {
    return rows.slice(0, MAX_EXAMPLES).map(({ row }) => row);
}

type NamedCounts = Readonly<Record<string, number>>;

/** Counts that are not the same on both sides. */
function otherCounts(
    expected: NamedCounts,
    actual: NamedCounts,
): [name: string, counts: { expected: number; actual: number }][] {
    return namesOf(expected, actual).flatMap((name) => {
        const [before, after] = [expected[name] ?? 0, actual[name] ?? 0];
        return before === after ? [] : [[name, { expected: before, actual: after }]];
    });
}

function namesOf(a: object, b: object): string[] {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
