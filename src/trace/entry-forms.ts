import type { JournalEntry } from './entries.js';
import type { RunRecord } from './runs.js';
import type { StorageKind } from './storage-kinds.js';

/** Whether a value is one of this form. */
type Form = (value: unknown) => boolean;

const text: Form = (value) => typeof value === 'string';
const number: Form = (value) => typeof value === 'number';
/** Milliseconds since the epoch: no Date goes further, either way. */
const time: Form = (value) => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const truth: Form = (value) => typeof value === 'boolean';
const object: Form = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const anything: Form = () => true;
const listOf =
    (form: Form): Form =>
    (value) =>
        Array.isArray(value) && value.every(form);
const orNone =
    (form: Form): Form =>
    (value) =>
        value === undefined || value === null || form(value);
const ifGiven =
    (form: Form): Form =>
    (value) =>
        value === undefined || form(value);

type Fields = readonly (readonly [field: string, form: Form])[];

function withFields(forms: Readonly<Record<string, Form>>): Form {
    const fields = Object.entries(forms);
    return (value) => object(value) && fieldOfOtherForm(value as object, fields) === undefined;
}

const KINDS: Readonly<Record<StorageKind, true>> = {
    datasets: true,
    'key-value-stores': true,
    'request-queues': true,
};
const kind: Form = (value) => typeof value === 'string' && Object.hasOwn(KINDS, value);

const optionalText = orNone(text);
const request = withFields({ id: text, uniqueKey: optionalText, url: optionalText, handledAt: optionalText });
const stored: Form = (value) =>
    withFields({ text })(value) ||
    withFields({ base64: text })(value) ||
    withFields({ blob: anything, size: number })(value);
const rows: Form = (value) => listOf(object)(value) || withFields({ blob: anything })(value);
const aliases: Form = (value) => object(value) && Object.values(value as object).every(object);

const RUN: Readonly<Record<keyof RunRecord, Form>> = {
    id: optionalText,
    actorId: optionalText,
    taskId: optionalText,
    buildId: optionalText,
    status: optionalText,
    statusMessage: optionalText,
    isStatusMessageTerminal: orNone(truth),
    startedAt: orNone(time),
    timeoutFrom: orNone(time),
    finishedAt: orNone(time),
    exitCode: orNone(number),
    timeoutSecs: orNone(number),
    memoryMbytes: orNone(number),
    restartOnError: orNone(truth),
    inputBodyLen: orNone(number),
    durationBefore: orNone(number),
    migrationCount: orNone(number),
    rebootCount: orNone(number),
    restartCount: orNone(number),
    resurrectCount: orNone(number),
    metamorphCount: orNone(number),
    incarnation: orNone(number),
    datasetId: optionalText,
    keyValueStoreId: optionalText,
    requestQueueId: optionalText,
    aliases: orNone(aliases),
    inputKey: optionalText,
    maxItems: orNone(number),
    maxTotalChargeUsd: orNone(number),
    isStandby: orNone(truth),
    pricingInfo: orNone(object),
    chargedEventCounts: orNone(object),
};

/** Fields that every entry of a type has, and those that it may have, but for its type. */
const FORMS: Readonly<Record<JournalEntry['type'], Readonly<Record<string, Form>>>> = {
    'storage.created': { kind, id: text, name: ifGiven(text), runId: ifGiven(text), alias: ifGiven(text) },
    'storage.renamed': { kind, id: text, name: optionalText },
    'storage.deleted': { kind, id: text },
    'items.pushed': { id: text, items: rows },
    'record.put': { id: text, key: text, contentType: text, value: stored },
    'record.deleted': { id: text, key: text },
    'requests.added': { id: text, requests: listOf(request), clientKey: optionalText },
    'request.updated': { id: text, request, clientKey: optionalText },
    'requests.deleted': { id: text, requestIds: listOf(text), clientKey: optionalText },
    'requests.locked': {
        id: text,
        requestIds: listOf(text),
        lockedUntil: time,
        clientKey: optionalText,
        runId: optionalText,
        forefront: orNone(truth),
    },
    'requests.unlocked': { id: text, requestIds: listOf(text), forefront: orNone(truth) },
    'request-queue.client-seen': { id: text, clientKey: optionalText },
    'run.created': { run: withFields({ ...RUN, id: text, actorId: text, status: text, startedAt: time }) },
    'run.changed': { id: text, change: withFields(RUN) },
    'run.status': { id: text, status: text, exitCode: orNone(number) },
    'run.boot': { id: text, incarnation: number, pid: orNone(number) },
    'run.event': { id: text, name: text },
    'run.charged': { id: text, eventName: text, count: number, idempotencyKey: optionalText },
    'run.struck': { id: text, fault: text },
    'run.exit': { id: text, incarnation: number, exitCode: orNone(number), signal: optionalText },
    'actor.changed': {
        id: text,
        change: withFields({ title: optionalText, description: optionalText, pricingInfos: orNone(listOf(object)) }),
    },
    'webhook.created': { webhook: withFields({ id: text, requestUrl: text, eventTypes: listOf(text) }) },
    'webhook.deleted': { id: text },
};

const FIELDS: ReadonlyMap<string, Fields> = new Map(
    Object.entries(FORMS).map(([type, forms]) => [type, Object.entries(forms)]),
);

/** Whether there are entries of a type. */
export function isEntryType(type: unknown): type is JournalEntry['type'] {
    return typeof type === 'string' && FIELDS.has(type);
}

/**
 * Holds what was read against the form of its type: it may be damaged, or from somebody else, and whatever works on it
 * later relies on that.
 *
 * @throws Error that names the first field of another form.
 */
export function assertEntry(entry: unknown): asserts entry is JournalEntry {
    const { type, at } = (entry ?? {}) as Partial<JournalEntry>;
    if (!time(at) || !isEntryType(type)) throw new Error('it is no journal entry');
    const field = fieldOfOtherForm(entry as object, FIELDS.get(type)!);
    if (field === undefined) return;
    const value = JSON.stringify((entry as Readonly<Record<string, unknown>>)[field]) ?? 'nothing';
    throw new Error(`its '${field}' can't be ${value.slice(0, 80)}`);
}

function fieldOfOtherForm(value: object, fields: Fields): string | undefined {
    for (const [field, form] of fields) {
        const own = Object.hasOwn(value, field) ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
        if (!form(own)) return field;
    }
    return undefined;
}
