import { compareRows, type RowRules } from './compare-rows.js';
import { changesBetween } from './changes.js';
import { type Difference, whatDiffers } from './difference.js';
import { type CompareRules, datasetSubject, differencesBetween, recordSubject } from './differences.js';
import { OWN } from './labels.js';
import type { Leftovers } from './leftovers.js';
import { fieldOf, generalPath } from './path.js';
import { isCompared, isLike } from './record-rules.js';
import { startedPairs } from './started-pairs.js';
import { volatileFields } from './volatile-fields.js';

/** Something in which undisturbed runs differ among themselves. */
export interface NoiseFinding {
    /** What differs. */
    sentence: string;
    /** What would leave it out, such as `--ignore scrapedAt`; undefined where no option does. */
    option?: string;
}

/** In what undisturbed runs differ among themselves. */
export interface Noise {
    /** Places in rows and records, as `CompareContext` takes them. */
    places: Map<string, Set<string>>;
    /** What else differs: see `whatDiffers`. */
    subjects: ReadonlySet<string>;
    /** Names of records, and of storages, that come and go, as patterns. */
    records: readonly string[];
    storages: readonly string[];
    findings: readonly NoiseFinding[];
}

/**
 * Finds in what undisturbed runs differ among themselves: no strike is to blame for that.
 *
 * @param runs What they have left, made alike; a single one shows no noise.
 */
export function noiseOf(runs: readonly Leftovers[], rules: CompareRules): Noise {
    const [first, ...others] = runs;
    const noise = new NoiseFinder(rules);
    for (const other of others) noise.compare(first!, other);
    return noise.result(others.flatMap((other) => differencesBetween(first!, other, rules, { places: noise.places })));
}

/** Whether a difference between a struck and an undisturbed run is one that undisturbed runs show as well. */
export function isNoise(difference: Difference, { subjects, records, storages }: Noise): boolean {
    if (subjects.has(whatDiffers(difference))) return true;
    if (comesOrGoes(difference)) return records.some((pattern) => isLike(difference.key, pattern));
    const storage = storageOf(difference);
    return storage !== undefined && storages.some((pattern) => isLike(storage, pattern));
}

function comesOrGoes(difference: Difference): difference is Difference & { key: string } {
    return difference.kind === 'missing-record' || difference.kind === 'extra-record';
}

function storageOf(difference: Difference): string | undefined {
    if ('dataset' in difference) return difference.dataset;
    if ('queue' in difference) return difference.queue;
    return 'storage' in difference ? difference.storage.replace(/^.* /, '') : undefined;
}

class NoiseFinder {
    readonly places = new Map<string, Set<string>>();
    readonly #findings = new Map<string, NoiseFinding>();
    /** Storages that are there in one run only. */
    readonly #storages = new Set<string>();

    constructor(private readonly rules: CompareRules) {}

    /** Finds the fields of rows and records in which two runs differ. */
    compare(a: Leftovers, b: Leftovers, actors = ''): void {
        for (const dataset of Object.keys(a.datasets)) this.#rows(dataset, a, b, actors);
        for (const key of Object.keys(a.records)) this.#record(key, a, b, actors);
        for (const kind of ['datasets', 'requests'] as const) {
            for (const name of Object.keys(a[kind])) if (!Object.hasOwn(b[kind], name)) this.#storages.add(name);
            for (const name of Object.keys(b[kind])) if (!Object.hasOwn(a[kind], name)) this.#storages.add(name);
        }
        for (const [actor, runs] of Object.entries(a.started)) {
            const { pairs } = startedPairs(runs, b.started[actor] ?? []);
            for (const { expected, actual } of pairs) this.compare(expected, actual, `${actors} > ${actor}`);
        }
    }

    /** @param rest What still differs when these fields are left out. */
    result(rest: readonly Difference[]): Noise {
        const findings = [...this.#findings.values()];
        const keys: string[] = [];
        const subjects = new Map(rest.map((difference) => [whatDiffers(difference), difference]));
        for (const difference of subjects.values()) {
            const key = 'key' in difference ? difference.key : undefined;
            if (comesOrGoes(difference)) keys.push(difference.key);
            else findings.push(withOption(notTheSame(difference), key && `--ignore-record ${quoted(key)}`));
        }
        const records = patternsOf(keys);
        for (const pattern of records) {
            const sentence = `Not the same in each run: records ${pattern}.`;
            findings.push(withOption(sentence, `--ignore-record ${quoted(pattern)}`));
        }
        const storages = patternsOf([...this.#storages]).filter((pattern) => pattern.endsWith('*'));
        return { places: this.places, subjects: new Set(subjects.keys()), records, storages, findings };
    }

    #rows(dataset: string, a: Leftovers, b: Leftovers, actors: string): void {
        const [before = [], after = []] = [a.datasets[dataset], b.datasets[dataset]];
        const subject = datasetSubject(actors, dataset);
        const known = this.places.get(subject);
        const rules: RowRules = known ? { ...this.rules, places: known } : this.rules;
        for (const place of volatileFields(compareRows(before, after, rules), rules)) {
            this.#add(subject, place, `rows of ${datasetName(dataset)}`);
        }
    }

    #record(key: string, a: Leftovers, b: Leftovers, actors: string): void {
        if (!isCompared(key, this.rules)) return;
        const [before, after] = [a.records[key], b.records[key]];
        if (!before || !after || !('value' in before) || !('value' in after)) return;
        const subject = recordSubject(actors, key);
        for (const { path, expected, actual } of changesBetween(before.value, after.value)) {
            // Where fields or items come and go, what they are in is not the same thing twice.
            const isWhole = expected !== undefined && actual !== undefined;
            const place = isWhole ? path : path.slice(0, -1);
            if (path.some((step) => typeof step === 'string' && this.rules.ignore?.includes(step))) continue;
            const field = fieldOf(place);
            if (field === undefined) continue;
            this.#add(subject, { place: generalPath(place), field }, `record ${key}`);
        }
    }

    #add(subject: string, { place, field }: { place: string; field: string }, where: string): void {
        const places = this.places.get(subject) ?? new Set();
        this.places.set(subject, places.add(place));
        const sentence = `Field ${field} of ${where} is another one in each run.`;
        this.#findings.set(sentence, withOption(sentence, `--ignore ${quoted(field)}`));
    }
}

/** What differs between undisturbed runs, as a sentence. */
function notTheSame(difference: Difference): string {
    const of = difference.of === '' ? '' : ` of ${difference.of}`;
    return `Not the same in each run${of}: ${thingOf(difference)}.`;
}

function thingOf(difference: Difference): string {
    switch (difference.kind) {
        case 'ended':
            return `how it ends (${difference.expected}, ${difference.actual})`;
        case 'missing-rows':
        case 'duplicated-rows':
        case 'extra-rows':
        case 'differing-rows':
            return `rows of ${datasetName(difference.dataset)}`;
        case 'row-order':
            return `the order of rows of ${datasetName(difference.dataset)}`;
        case 'missing-record':
        case 'extra-record':
        case 'differing-record':
        case 'differing-file':
            return `record ${difference.key}`;
        case 'missing-storage':
        case 'extra-storage':
            return difference.storage;
        case 'requests':
            return difference.queue === OWN ? 'requests of the queue' : `requests of queue ${difference.queue}`;
        case 'charges':
            return `how often event ${difference.event} is charged`;
        case 'webhooks':
            return `webhooks for ${difference.webhook}`;
        case 'started':
            return `how often Actor ${difference.actor} is started`;
        default:
            return difference satisfies never;
    }
}

function datasetName(label: string): string {
    return label === OWN ? 'the dataset' : `dataset ${label}`;
}

function withOption(sentence: string, option: string | undefined): NoiseFinding {
    return { sentence, ...(option !== undefined && { option }) };
}

/** As a POSIX shell takes it as one word. */
function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Names of which several begin alike as one pattern. */
function patternsOf(keys: readonly string[]): string[] {
    const groups = new Map<string, string[]>();
    for (const key of new Set(keys)) {
        // Up to the first character that may be made up: keys such as `PAGE-3f2a` and `snap_17`.
        const stem = /^[^\d_.-]*[_.-]?/.exec(key)![0];
        groups.set(stem, [...(groups.get(stem) ?? []), key]);
    }
    return [...groups].map(([stem, [key, ...others]]) => (others.length === 0 || stem.length < 2 ? key! : `${stem}*`));
}
