import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { Column } from './column.js';
import { PlaceOnDisk } from './place.js';
import { Shelf } from './shelf.js';

/** Far apart, so that numbers lie in several chunks. */
const NUMBER = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1_020, max: 1_030 }));

test('a column holds what an array holds, and is made again from its numbers', () => {
    fc.assert(
        fc.property(fc.array(fc.tuple(NUMBER, fc.double({ noNaN: true }))), (steps) => {
            const column = new Column();
            const array: number[] = [];
            for (const [index, number] of steps) {
                column.set(index, number);
                array[index] = number;
            }
            column.push(7);
            array.push(7);
            const expected = Array.from(array, (number) => number ?? 0);
            expect([...column.numbers()]).toEqual(expected);
            const again = Column.of(column.numbers());
            again.push(8);
            expect([...again.numbers()]).toEqual([...expected, 8]);
            expect([again.length, again.get(10_000)]).toEqual([expected.length + 1, 0]);
        }),
    );
});

test('a shelf holds what an array holds, wherever its values lie', () => {
    const kind = fc.constantFrom('memory', 'disk', 'nowhere');
    fc.assert(
        fc.property(fc.array(fc.tuple(NUMBER, kind, fc.integer()), { maxLength: 30 }), (steps) => {
            let disk = '';
            const shelf = new Shelf<{ n: number }>(({ offset, length }) => disk.slice(offset, offset + length));
            const array: ({ n: number } | undefined)[] = [];
            for (const [number, where, n] of steps) {
                const json = JSON.stringify({ n });
                shelf.set(
                    number,
                    where === 'memory'
                        ? { n }
                        : where === 'disk'
                          ? new PlaceOnDisk(disk.length, json.length)
                          : undefined,
                );
                array[number] = where === 'nowhere' ? undefined : { n };
                if (where === 'disk') disk += json;
            }
            for (const copy of [shelf, shelf.clone()]) {
                const numbers = [...array.keys()];
                expect(numbers.map((number) => copy.get(number))).toEqual(Array.from(array));
                expect(numbers.map((number) => copy.json(number))).toEqual(
                    Array.from(array, (value) => JSON.stringify(value)),
                );
                expect(copy.all().slice(0, array.length)).toEqual(Array.from(array).slice(0, copy.length));
            }
        }),
    );
});
