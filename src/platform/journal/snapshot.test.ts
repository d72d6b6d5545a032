import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { Store } from '../store.js';
import { Blobs } from './blobs.js';
import { readSnapshot, SNAPSHOT } from './snapshot.js';

let dir: string;
const file = (): string => join(dir, SNAPSHOT);
const journal = (): string => join(dir, 'journal.jsonl');

beforeEach(() => {
    dir = temporaryDirectory();
});
afterEach(removeTemporaryDirectories);

/** Pushes rows from one number up to another, and closes the store again. */
function push(from: number, to: number, snapshotAfterBytes = 1): void {
    const store = new Store(dir, snapshotAfterBytes);
    if (!store.findByName('datasets', 'rows')) store.create('datasets', { name: 'rows' });
    const { id } = store.find('datasets', 'rows');
    for (let n = from; n < to; n++) store.commit({ type: 'items.pushed', id, items: [{ n, text: `row ${n} ü` }] });
    store.close();
}

function rows(): unknown[] {
    const store = new Store(dir, Infinity);
    const { items } = store.find('datasets', 'rows').content;
    store.close();
    return items.map(({ n, text }) => (text === `row ${n as number} ü` ? n : text));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const known = (): number | undefined => readSnapshot(dir, new Blobs(join(dir, 'blobs')))?.position.length;

describe('a snapshot', () => {
    it('is made when a directory is closed, or opened without one, and known by its owner alone', () => {
        push(0, 10);
        expect(known()).toBe(11);
        expect(statSync(file()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
        rmSync(file());
        const store = new Store(dir, 1);
        expect(known()).toBe(11);
        store.close();
    });

    it('is not made for a journal that is read in a moment', () => {
        push(0, 10, 100_000);
        expect(existsSync(file())).toBe(false);
    });

    it('is gone on from: what was written after it is read from the journal, as after a kill', () => {
        push(0, 10);
        push(10, 20, Infinity);
        expect(known()).toBe(11);
        expect(rows()).toEqual(upTo(20));
        push(20, 30);
        expect(known()).toBe(31);
        expect(rows()).toEqual(upTo(30));
    });

    it('saves reading what comes before it', () => {
        push(0, 20_000);
        // A line of which no piece is looked at: nobody reads it again unless all is.
        const bytes = readFileSync(journal());
        const start = bytes.indexOf('\n', 10_000) + 1;
        bytes.write('damaged', start);
        writeFileSync(journal(), bytes);
        expect(bytes.length).toBeGreaterThan(1_000_000);
        const store = new Store(dir);
        expect(store.find('datasets', 'rows').content.itemCount).toBe(20_000);
        store.close();
        rmSync(file());
        expect(() => new Store(dir)).toThrow("can't be read");
    });

    it.each<[string, () => void]>([
        ['that is empty', () => writeFileSync(file(), '')],
        ['that is cut short', () => truncateSync(file(), statSync(file()).size - 1)],
        ['of another form', () => edit((text) => text.replace(/"format":\d+/, '"format":0'))],
        ['whose data is changed', () => edit((text) => `${text.slice(0, -1)}x`)],
        ['that claims to know more', () => edit((text) => text.replace(/"length":\d+/, '"length":5'))],
        ['that claims to end elsewhere', () => edit((text) => text.replace(/"size":\d+/, '"size":80'))],
    ])('%s is as none', (_what, damage) => {
        push(0, 10);
        damage();
        expect(known()).toBeUndefined();
        expect(rows()).toEqual(upTo(10));
    });

    it('of a journal that has become shorter, or is another one, is as none', () => {
        push(0, 10);
        const whole = readFileSync(journal(), 'utf8');
        const lines = whole.split('\n');
        truncateSync(journal(), whole.length - 100);
        expect(known()).toBeUndefined();
        writeFileSync(journal(), whole.replace('"row 3', '"rov 3'));
        expect(known()).toBeUndefined();
        writeFileSync(journal(), `${lines.slice(0, 5).join('\n')}\n`);
        expect(rows()).toEqual(upTo(4));
    });

    it('of a directory that was copied is as none', async () => {
        push(0, 10);
        const from = dir;
        dir = join(temporaryDirectory(), 'copy');
        await cp(from, dir, { recursive: true });
        expect(known()).toBeUndefined();
        expect(rows()).toEqual(upTo(10));
    });

    it('whose large values are gone hides nothing', () => {
        push(0, 1);
        const store = new Store(dir, 1);
        const id = store.create('key-value-stores', {});
        const value = { bytes: Buffer.alloc(100_000, 'x') };
        store.commit({ type: 'record.put', id, key: 'K', contentType: 'text/plain', value });
        store.close();
        rmSync(join(dir, 'blobs'), { recursive: true });
        expect(() => new Store(dir)).toThrow('is missing or damaged');
    });
});

function edit(change: (text: string) => string): void {
    writeFileSync(file(), change(readFileSync(file(), 'latin1')), 'latin1');
}
