import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { encodeBytes } from './codec.js';
import { KeyValueStore } from './key-value-store.js';
import { PlaceOnDisk } from './place.js';
import { sizeOf, type StoredRecord, ValueOnDisk } from './records.js';

const KEY = fc.constantFrom('a', 'ab', 'abc', 'b', 'B', '__proto__');
const STEP = fc.record({
    kind: fc.constantFrom('memory', 'disk', 'blob', 'delete'),
    key: KEY,
    contentType: fc.constantFrom('text/plain', 'image/png'),
    text: fc.string(),
});

test('a store holds what a map holds, wherever its values lie, and lists its keys in order', () => {
    fc.assert(
        fc.property(fc.array(STEP), KEY, KEY, (steps, prefix, after) => {
            let disk = '';
            const read = ({ offset, length }: { offset: number; length: number }): string =>
                disk.slice(offset, offset + length);
            const store = new KeyValueStore(read);
            const map = new Map<string, [contentType: string, text: string]>();
            for (const { kind, key, contentType, text } of steps) {
                map.delete(key);
                store.delete(key);
                if (kind === 'delete') continue;
                map.set(key, [contentType, text]);
                const bytes = Buffer.from(text);
                const json = JSON.stringify(encodeBytes(bytes));
                const value = {
                    memory: { bytes },
                    disk: new ValueOnDisk(new PlaceOnDisk(disk.length, json.length), bytes.length, read),
                    blob: { blob: text, size: bytes.length },
                }[kind];
                disk += json;
                store.put({ key, contentType, value });
            }
            const textOf = ({ value }: StoredRecord): string =>
                'blob' in value ? value.blob : Buffer.from(value.bytes).toString();
            for (const copy of [store, store.clone(), KeyValueStore.of(store.data(), read)]) {
                const records = [...copy.records.values()];
                expect(records.map((record) => [record.key, [record.contentType, textOf(record)]])).toEqual([...map]);
                expect(copy.bytes).toBe(records.reduce((sum, { value }) => sum + sizeOf(value), 0));
                expect(copy.records.size).toBe(map.size);
                const sorted = [...map.keys()].sort();
                expect([...copy.keys()]).toEqual(sorted);
                expect([...copy.keys({ prefix, after })]).toEqual(
                    sorted.filter((key) => key.startsWith(prefix) && key > after),
                );
            }
        }),
    );
});
