import { createHash } from 'node:crypto';

import { isJournalEntry, type Moment } from '../trace/moment.js';
import type { RunRecord } from '../trace/runs.js';
import { stateAt, type Trace } from '../trace/trace.js';
import { canonical } from './canonical.js';
import { recordContent } from './record-content.js';
import { type StoragesOfRun, storagesByRun } from './storages-by-run.js';

/** Ids of the platform have 17 letters and digits, and those of requests 15. */
const ID_LENGTH = 17;
const WORD = /[A-Za-z0-9]{15,}/g;
/** Longer words are no addresses, keys or names, but data in which no id is looked for. */
const MAX_WORD_LENGTH = 300;
const TOKEN = /\blocal_[\w-]{32}/g;
const LOCAL_ADDRESS = /(?:(?:https?|wss?)(?::|%3A)(?:\/|%2F){2})?(?:127\.0\.0\.1|localhost)(?::|%3A)(\d{2,5})(?!\d)/gi;
/** From here on systems choose ports, such as that on which an Actor may serve. */
const FIRST_CHOSEN_PORT = 32_768;
const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** One of these two is in each of them, so that most texts are not looked at further. Together they take thrice as long. */
const LONG_WORD = /[A-Za-z0-9]{15}/;
const OTHER_SIGN = /local|127\.0\.0\.1|\dZ/i;
const MAX_FIELD_NAMES = 10_000;
/** What a time of the platform becomes. */
export const ALIKE_TIME = '<time>';
const NUMBER_OF_TIME = /\b1\d{12}\b/g;

/**
 * Makes alike what the platform made up for a run and is another in each: ids, tokens, addresses, places of disks and
 * times. What stands for an id says whose it is: `<run>`, `<dataset>`, `<run of child 3f2a91>`. Runs of one Actor are told apart by their
 * input, and by nothing else, so that it doesn't matter in which order they were started, or how often.
 */
export class Alike {
    readonly #names = new Map<string, string>();
    readonly #requests = new Map<string, string>();
    readonly #ports = new Map<string, string>();
    readonly #times = new Set<number>();
    readonly #disks = new Set<string>();
    readonly #fieldNames = new Map<string, string>();

    constructor(trace: Trace) {
        const { platformUrl, subject, actors } = trace.head;
        if (platformUrl !== undefined) this.#ports.set(new URL(platformUrl).port, '<platform>');
        if (subject?.shop) this.#ports.set(new URL(subject.shop.url).port, '<shop>');
        for (const { id, name } of actors) this.#name(id, `<Actor ${name}>`);
        // Actors and tasks are as old as the platform.
        const opened = trace.entries.findLast(({ type }) => type === 'opened');
        if (opened) this.#times.add(opened.at);
        for (const [, entry] of trace.tried()) {
            if (entry.type === 'webhook.created') this.#times.add(entry.webhook.createdAt);
            if (isJournalEntry(entry)) this.#times.add(entry.at);
            else if (entry.type === 'disk.made') this.#disks.add(entry.root);
        }
        this.#nameAll(trace);
    }

    /** The same text in each run. */
    text(text: string): string {
        let made = text;
        for (const root of this.#disks) made = made.replaceAll(root, '<disk>');
        if (!LONG_WORD.test(made) && !OTHER_SIGN.test(made)) return made;
        return made
            .replaceAll(TOKEN, '<token>')
            .replaceAll(LOCAL_ADDRESS, (address, port: string) => this.#addressAt(port) ?? address)
            .replaceAll(WORD, (word) => this.#word(word))
            .replaceAll(ISO_TIME, (time) => (this.#times.has(Date.parse(time)) ? ALIKE_TIME : time));
    }

    /** The same JSON value in each run: itself, where nothing in it was made up. */
    value(value: unknown): unknown {
        if (typeof value === 'string') return this.text(value);
        if (typeof value === 'number') return this.#times.has(value) ? ALIKE_TIME : value;
        if (typeof value !== 'object' || value === null) return value;
        if (Array.isArray(value)) {
            const items = value.map((item) => this.value(item));
            return items.every((item, i) => item === value[i]) ? value : items;
        }
        // Most rows and records need no copy.
        const names = Object.keys(value);
        const fields = names.map((name) => this.value((value as Record<string, unknown>)[name]));
        const isSame = names.every(
            (name, i) => fields[i] === (value as Record<string, unknown>)[name] && this.#fieldName(name) === name,
        );
        let next = 0;
        return isSame ? value : this.names(value, () => fields[next++]);
    }

    /** Rows have the same few names. */
    #fieldName(name: string): string {
        const known = this.#fieldNames.get(name);
        if (known !== undefined) return known;
        const made = this.text(name);
        if (this.#fieldNames.size < MAX_FIELD_NAMES) this.#fieldNames.set(name, made);
        return made;
    }

    /** Names of fields, or of storages, made alike; of two that become the same the second one is called so. */
    names<From, To>(fields: Readonly<Record<string, From>> | object, change: (field: From) => To): Record<string, To> {
        const made: Record<string, To> = {};
        for (const [name, field] of Object.entries(fields as Record<string, From>)) {
            const plain = this.text(name);
            let unique = plain;
            for (let n = 2; Object.hasOwn(made, unique); n++) unique = `${plain} #${n}`;
            // Not by assignment, which does something else for `__proto__`.
            Object.defineProperty(made, unique, { value: change(field), enumerable: true, configurable: true });
        }
        return made;
    }

    #addressAt(port: string): string | undefined {
        return this.#ports.get(port) ?? (Number(port) >= FIRST_CHOSEN_PORT ? '<local address>' : undefined);
    }

    /** Ids may stand in small letters, as in names of storages, and between other letters and digits. */
    #word(word: string): string {
        if (word.length > MAX_WORD_LENGTH) return word;
        const request = this.#requests.get(word);
        if (request !== undefined) return request;
        const small = word.toLowerCase();
        for (let i = 0; i + ID_LENGTH <= small.length; i++) {
            const name = this.#names.get(small.slice(i, i + ID_LENGTH));
            if (name !== undefined) return word.slice(0, i) + name + this.#word(word.slice(i + ID_LENGTH));
        }
        return word;
    }

    #name(id: string, name: string): void {
        this.#names.set(id.toLowerCase(), name);
    }

    #nameAll(trace: Trace): void {
        if (trace.runId === undefined) return;
        const moment = stateAt(trace, trace.end);
        const { state } = moment;
        const byRun = storagesByRun(trace, moment, trace.runId);
        for (const run of state.runs.values()) {
            this.#addTimesOf(run);
            const of =
                run.id === trace.runId
                    ? ''
                    : ` of ${trace.nameOfActor(run.actorId)}${this.#inputOf(trace, moment, run)}`;
            this.#name(run.id, `<run${of}>`);
            this.#name(run.buildId, `<build${of}>`);
            this.#nameStorages(byRun.get(run.id)!, of);
        }
        // Names may hold ids of runs that were not known yet.
        this.#nameStorages(byRun.get(trace.runId)!, '');
        for (const { id } of state.webhooks.values()) this.#name(id, '<webhook>');
        for (const { content } of state.storages['request-queues'].values()) {
            for (const { request } of content.listing()) {
                // Its id is made from its unique key: another one in each run only when that is.
                const uniqueKey = this.text(request.uniqueKey);
                if (uniqueKey !== request.uniqueKey) this.#requests.set(request.id, `<request ${uniqueKey}>`);
            }
        }
    }

    #nameStorages({ datasets, stores, queues }: StoragesOfRun, of: string): void {
        const kinds = { dataset: datasets, 'key-value store': stores, 'request queue': queues };
        for (const [kind, storages] of Object.entries(kinds)) {
            for (const [label, { id, name, runId, alias }] of storages) {
                const own = alias === undefined ? '' : ` ${label}`;
                const named = name === undefined ? ' without a name' : ` ${this.text(name)}`;
                const which = runId === undefined ? named : own;
                this.#name(id, `<${kind}${which}${runId === undefined && name !== undefined ? '' : of}>`);
            }
        }
    }

    #addTimesOf({ startedAt, timeoutFrom, timeoutSecs, finishedAt }: RunRecord): void {
        for (const time of [startedAt, timeoutFrom, timeoutFrom + timeoutSecs * 1_000]) this.#times.add(time);
        if (finishedAt !== undefined) this.#times.add(finishedAt);
    }

    /** What tells a run by its input, whatever times are in it; nothing for one without input. */
    #inputOf(trace: Trace, { state }: Moment, run: RunRecord): string {
        const store = state.storages['key-value-stores'].get(run.keyValueStoreId)?.content;
        const record = store?.records.get('INPUT');
        if (!record) return '';
        const content = recordContent(record.contentType, trace.bytesOf(record.value));
        const input = 'value' in content ? canonical(this.value(content.value)) : content.sha256;
        const timeless = input.replaceAll(ISO_TIME, '').replaceAll(NUMBER_OF_TIME, '');
        return ` ${createHash('sha256').update(timeless).digest('hex').slice(0, 6)}`;
    }
}
