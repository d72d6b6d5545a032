import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { Journal } from './journal.js';
import { readTraceOf } from './read-trace.js';

let dir: string;

beforeEach(() => {
    dir = join(temporaryDirectory(), 'data');
    mkdirSync(dir);
    writeFileSync(join(dir, '..', 'outside'), 'nobody reads or writes this');
});
afterEach(removeTemporaryDirectories);

const OUT = '../../outside';
const run = {
    id: 'r',
    actorId: 'a',
    datasetId: 'd',
    keyValueStoreId: 'k',
    requestQueueId: 'q',
    inputKey: 'INPUT',
    status: 'READY',
    startedAt: 1,
};

const FORGED: readonly [what: string, entry: Readonly<Record<string, unknown>>][] = [
    ['a storage with such an id', { type: 'storage.created', kind: 'datasets', id: OUT }],
    ['a storage with such a name', { type: 'storage.created', kind: 'datasets', id: 'd', name: OUT }],
    ['a storage with such an alias', { type: 'storage.created', kind: 'datasets', id: 'd', runId: 'r', alias: OUT }],
    ['a storage of such a run', { type: 'storage.created', kind: 'datasets', id: 'd', runId: OUT }],
    ['a storage that gets such a name', { type: 'storage.renamed', kind: 'datasets', id: 'd', name: OUT }],
    ['a record with such a key', { type: 'record.put', id: 'k', key: OUT, contentType: 'a/b', value: { text: '' } }],
    ['a value in such a file', record({ blob: OUT, size: 27 })],
    ['a value in a file that is no hash', record({ blob: 'outside', size: 27 })],
    ['rows in such a file', { type: 'items.pushed', id: 'd', items: { blob: OUT, size: 27 } }],
    ['a request with such an id', { type: 'requests.added', id: 'q', requests: [{ id: OUT }], forefront: false }],
    ['an update of such a request', { type: 'request.updated', id: 'q', request: { id: OUT }, forefront: false }],
    ['a run with such an id', { type: 'run.created', run: { ...run, id: OUT } }],
    ['a run with such a dataset', { type: 'run.created', run: { ...run, datasetId: OUT } }],
    ['a run with such an alias', { type: 'run.created', run: { ...run, aliases: { datasets: { [OUT]: 'd' } } } }],
    ['a run with such an input', { type: 'run.changed', id: 'r', change: { inputKey: OUT } }],
    ['a boot of such a run', { type: 'run.boot', id: OUT, incarnation: 1, pid: 1 }],
    ['a name that is a folder', { type: 'storage.created', kind: 'datasets', id: '..' }],
    ['a name with the separator of Windows', { type: 'storage.created', kind: 'datasets', id: '..\\outside' }],
    ['a name with a drive of Windows', { type: 'storage.created', kind: 'datasets', id: 'C:outside' }],
];

const MISSHAPEN: readonly [what: string, entry: Readonly<Record<string, unknown>>][] = [
    ['a name that is none at all', { type: 'storage.created', kind: 'datasets', id: { length: 1 } }],
    ['a storage of no kind', { type: 'storage.created', kind: 'toString', id: 'd' }],
    ['a storage whose name is none', { type: 'storage.created', kind: 'datasets', id: 'd', name: null }],
    ['rows that are none', { type: 'items.pushed', id: 'd', items: [null] }],
    ['rows that are no list', { type: 'items.pushed', id: 'd', items: 'x' }],
    ['a record without a type', { type: 'record.put', id: 'k', key: 'K', value: { text: '' } }],
    ['a record of a type that is no text', { ...record({ text: '' }), contentType: {} }],
    ['a record without a value', { type: 'record.put', id: 'k', key: 'K', contentType: 'a/b', value: null }],
    ['requests that are none', { type: 'requests.added', id: 'q', requests: [1], forefront: false }],
    ['a lock that never ends', { type: 'requests.locked', id: 'q', requestIds: ['r'], lockedUntil: 1e300 }],
    ['a run without a status', { type: 'run.created', run: { ...run, status: undefined } }],
    ['a change that is none', { type: 'run.changed', id: 'r', change: null }],
    ['an exit by no signal', { type: 'run.exit', id: 'r', incarnation: 1, exitCode: 1, signal: {} }],
    ['a process of no number', { type: 'run.boot', id: 'r', incarnation: 'a\0', pid: 1 }],
    ['a webhook of no events', { type: 'webhook.created', webhook: { id: 'w', requestUrl: 'x' } }],
    ['a type that all objects have', { type: 'constructor' }],
    ['no time', { at: null, type: 'storage.deleted', kind: 'datasets', id: 'd' }],
];

function record(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return { type: 'record.put', id: 'k', key: 'K', contentType: 'text/plain', value };
}

describe('a journal from somebody else is refused that has', () => {
    test.each(FORGED)('%s', (_, entry) => {
        writeFileSync(join(dir, 'journal.jsonl'), `${JSON.stringify({ at: 1, ...entry })}\n`);

        expect(() => Journal.open(dir, () => {})).toThrow(/^Line 1 of .* can't be read \(it has .* is expected\)/);
        expect(() => readTraceOf(dir)).toThrow(/^it has .* is expected/);
        expect(readdirSync(dir)).toEqual(['journal.jsonl']);
        expect(readdirSync(dirname(dir)).sort()).toEqual(['data', 'outside']);
    });
});

test.each(MISSHAPEN)('a journal is refused that has %s', (_, entry) => {
    writeFileSync(join(dir, 'journal.jsonl'), `${JSON.stringify({ at: 1, ...entry })}\n`);

    expect(() => Journal.open(dir, () => {})).toThrow(
        /^Line 1 of .* can't be read \((?:its '\w+' can't be |it is no j)/,
    );
    expect(() => readTraceOf(dir)).toThrow(/^(?:its '\w+' can't be |it is no journal entry)/);
});

describe('a data directory from somebody else is refused', () => {
    test.each(['journal.jsonl', 'trace.jsonl', 'lock.0a.1', 'blobs', 'logs', 'blobs/0a', 'logs/r.log'])(
        'when its %s is a link to somewhere else',
        (name) => {
            if (name !== 'journal.jsonl') writeFileSync(join(dir, 'journal.jsonl'), '');
            mkdirSync(dirname(join(dir, name)), { recursive: true });
            symlinkSync(join(dir, '..', 'outside'), join(dir, name));

            expect(() => Journal.open(dir, () => {})).toThrow(/ is a link, /);
            expect(() => readTraceOf(dir)).toThrow(/ is a link, /);
            expect(readFileSync(join(dir, '..', 'outside'), 'utf8')).toBe('nobody reads or writes this');
        },
    );
});

test('what a killed process has left half written goes when the next one opens the directory', () => {
    mkdirSync(join(dir, 'blobs'));
    for (const name of ['0a', '0b.1f.tmp']) writeFileSync(join(dir, 'blobs', name), '');

    Journal.open(dir, () => {}).close();

    expect(readdirSync(join(dir, 'blobs'))).toEqual(['0a']);
});

test.runIf(process.platform !== 'win32')('a data directory that was open to others is closed to them', () => {
    const files = ['journal.jsonl', 'trace.jsonl', 'blobs/0a', 'logs/r.log'];
    for (const folder of ['blobs', 'logs', 'storage']) mkdirSync(join(dir, folder), { mode: 0o755 });
    for (const file of files) writeFileSync(join(dir, file), '', { mode: 0o644 });
    const modes = (names: string[]): string[] =>
        names.map((name) => (statSync(join(dir, name)).mode & 0o777).toString(8));
    expect(modes(files)).toEqual(['644', '644', '644', '644']);

    Journal.open(dir, () => {}).close();

    expect(modes(files)).toEqual(['600', '600', '600', '600']);
    expect(modes(['.', 'blobs', 'logs'])).toEqual(['700', '700', '700']);
});
