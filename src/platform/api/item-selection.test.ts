import { describe, expect, test } from 'vitest';

import { ApiError } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { type ItemSelection, NO_LIMIT, readSelection } from './item-selection.js';
import { Query } from './query.js';

function select(items: DatasetItem[], query = ''): ItemSelection & { items: DatasetItem[] } {
    const selection = readSelection(new Query(new URLSearchParams(query)), items.length);
    const page = items.slice(selection.first, selection.end);
    return { ...selection, items: selection.reshape(selection.isDescending ? page.reverse() : page) };
}

/** Through JSON, as a caller sees the items: without what is undefined, and with the order of fields. */
const seen = (items: DatasetItem[], query: string): string => JSON.stringify(select(items, query).items);

function failure(query: string): ApiError {
    try {
        select([{ a: 1 }], query);
    } catch (error) {
        if (error instanceof ApiError) return error;
        throw error;
    }
    throw new Error(`'${query}' was accepted.`);
}

describe('paging', () => {
    const items = [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }];

    test.each([
        ['', [0, 1, 2, 3, 4], 0, NO_LIMIT],
        ['offset=1&limit=2', [1, 2], 1, 2],
        ['offset=4&limit=2', [4], 4, 2],
        ['offset=5', [], 5, NO_LIMIT],
        ['offset=9&limit=2', [], 9, 2],
        ['limit=0', [0, 1, 2, 3, 4], 0, NO_LIMIT],
        ['desc=1', [4, 3, 2, 1, 0], 0, NO_LIMIT],
        ['desc=1&offset=1&limit=2', [3, 2], 1, 2],
        ['desc=1&offset=4&limit=2', [0], 4, 2],
        ['desc=1&offset=9', [], 9, NO_LIMIT],
    ])('"%s" selects %j', (query, numbers, offset, limit) => {
        const page = select(items, query);
        expect(page.items.map(({ n }) => n)).toEqual(numbers);
        expect(page).toMatchObject({ offset, limit });
    });

    test('never reorders the dataset itself', () => {
        select(items, 'desc=1');
        expect(items.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4]);
    });

    test.each(['', 'desc=1', 'clean=1', 'omit=x,y.z&unwind=x&flatten=x'])(
        'an item that "%s" does not change is returned itself',
        (query) => {
            const item = { n: 1, y: { a: 1 } };
            expect(select([item], query).items[0]).toBe(item);
        },
    );

    test('a page is cut before items are skipped or unwound, so it may hold fewer or more than the limit', () => {
        const mixed = [{}, { a: [{ n: 1 }, { n: 2 }, { n: 3 }] }, { a: [] }];
        expect(select(mixed, 'limit=1&skipEmpty=1').items).toEqual([]);
        expect(select(mixed, 'offset=1&limit=1&unwind=a').items).toHaveLength(3);
    });
});

describe('reshaping', () => {
    test.each<[string, string, DatasetItem[], string]>([
        ['fields picks, in the order named', 'fields=b,a', [{ a: 1, b: 2, c: 3 }], '[{"b":2,"a":1}]'],
        ['fields leaves out what is missing', 'fields=b,a', [{ a: 1 }], '[{"a":1}]'],
        ['outputFields renames by position', 'fields=b,a&outputFields=x,y', [{ a: 1, b: 2 }], '[{"x":2,"y":1}]'],
        ['omit drops fields', 'omit=a,c', [{ a: 1, b: 2, c: 3 }], '[{"b":2}]'],
        ['omit reaches nested fields', 'omit=a.b', [{ a: { b: 1, c: 2 } }], '[{"a":{"c":2}}]'],
        [
            'skipHidden drops fields that begin with #',
            'skipHidden=1',
            [{ '#a': 1, b: { '#c': 2 } }],
            '[{"b":{"#c":2}}]',
        ],
        ['skipHidden keeps empty items', 'skipHidden=1', [{ '#a': 1 }], '[{}]'],
        ['skipEmpty keeps hidden fields', 'skipEmpty=1', [{ '#a': 1 }, {}], '[{"#a":1}]'],
        ['skipEmpty keeps an item whose only value is null', 'skipEmpty=1', [{ a: null }], '[{"a":null}]'],
        ['skipEmpty looks at what fields leaves', 'skipEmpty=1&fields=a', [{ a: 1 }, { b: 1 }], '[{"a":1}]'],
        ['clean does both', 'clean=1', [{ '#a': 1 }, {}, { b: 1, '#c': 2 }], '[{"b":1}]'],
        [
            'unwind merges each element of an array',
            'unwind=a',
            [{ a: [{ n: 1 }, { n: 2 }], b: 0 }],
            '[{"b":0,"n":1},{"b":0,"n":2}]',
        ],
        ['unwind merges an object, which wins', 'unwind=a', [{ a: { b: 1 }, b: 0 }], '[{"b":1}]'],
        [
            'unwind preserves an item without the field',
            'unwind=a',
            [{ b: 0 }, { a: 'x' }, { a: null }],
            '[{"b":0},{"a":"x"},{"a":null}]',
        ],
        ['unwind keeps a plain element under the field', 'unwind=a', [{ a: [1, null] }], '[{"a":1},{"a":null}]'],
        ['unwind makes no record of an empty array', 'unwind=a', [{ a: [] }], '[]'],
        ['unwind processes fields in order', 'unwind=a,b', [{ a: [{ b: [{ n: 1 }, { n: 2 }] }] }], '[{"n":1},{"n":2}]'],
        [
            'unwind ignores desc',
            'unwind=a&desc=1',
            [{ a: [{ n: 1 }, { n: 2 }] }, { n: 3 }],
            '[{"n":3},{"n":1},{"n":2}]',
        ],
        [
            'flatten names paths with dots',
            'flatten=a',
            [{ a: { b: 1, c: { d: 2 } }, e: { f: 3 } }],
            '[{"a.b":1,"a.c.d":2,"e":{"f":3}}]',
        ],
        ['flatten keeps arrays and empty objects', 'flatten=a', [{ a: { b: [1], c: {} } }], '[{"a.b":[1],"a.c":{}}]'],
        ['fields sees what unwind made', 'unwind=a&fields=n', [{ a: [{ n: 1, m: 2 }] }], '[{"n":1}]'],
        ['fields sees what flatten made', 'flatten=a&fields=a.b', [{ a: { b: 1, c: 2 } }], '[{"a.b":1}]'],
        ['omit sees what flatten made', 'flatten=a&omit=a.b', [{ a: { b: 1, c: 2 } }], '[{"a.c":2}]'],
        [
            'simplified unwinds the result of a page',
            'simplified=1',
            [{ url: 'u', pageFunctionResult: [{ n: 1 }], x: 1 }],
            '[{"url":"u","n":1}]',
        ],
        [
            'skipFailedPages drops items with errorInfo',
            'skipFailedPages=1',
            [{ errorInfo: 'x' }, { n: 1 }],
            '[{"n":1}]',
        ],
        [
            'parameters that are off change nothing',
            'clean=0&skipEmpty=false&simplified=0',
            [{ '#a': 1 }, {}],
            '[{"#a":1},{}]',
        ],
    ])('%s', (_, query, items, expected) => {
        expect(seen(items, query)).toBe(expected);
    });

    test('a field named __proto__ is data like any other', () => {
        const [item] = JSON.parse('[{"__proto__":{"b":1},"c":2,"#h":3}]') as DatasetItem[];
        expect(seen([item!], 'skipHidden=1')).toBe('[{"__proto__":{"b":1},"c":2}]');
        expect(seen([{ c: 2 }], 'fields=__proto__,toString,c&omit=__proto__.b')).toBe('[{"c":2}]');
    });

    test('leaves the stored items as they were', () => {
        const items = [{ a: [{ n: 1 }], b: { c: { d: 1 }, e: 2 }, '#h': 1 }];
        const before = structuredClone(items);
        select(items, 'unwind=a&flatten=c&omit=b.c.d&clean=1');
        expect(items).toEqual(before);
    });
});

describe('refusals', () => {
    test.each([
        ['view=overview', 'requested-dataset-view-does-not-exist'],
        ['outputFields=x', 'invalid-value'],
        ['fields=a&outputFields=x,y', 'invalid-value'],
        ['offset=-1', 'invalid-value'],
        ['limit=many', 'invalid-value'],
        ['clean=maybe', 'invalid-value'],
    ])('"%s" is answered with 400 %s', (query, type) => {
        expect(failure(query)).toMatchObject({ status: 400, type });
    });
});
