import { describe, expect, test } from 'vitest';

import { ApiError } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { itemWriter } from './item-export.js';
import type { ExportSource } from './item-writer.js';
import { Query } from './query.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function write(
    items: DatasetItem[],
    format: string,
    query: string | Record<string, string> = '',
    source?: ExportSource,
): string {
    const { writer } = itemWriter(format, new Query(new URLSearchParams(query)), source);
    for (const item of items) writer.look?.(item);
    return [writer.begin(), ...items.map((item, n) => writer.item(item, n)), writer.end].join('');
}

const csv = (items: DatasetItem[], query = ''): string => write(items, 'csv', `bom=0&${query}`);
const xml = (item: DatasetItem): string =>
    write([item], 'xml').slice(`${DECLARATION}<items>`.length, -'</items>'.length);

describe('every format', () => {
    test.each([
        ['json', 'application/json; charset=utf-8', '[{"foo":"bar"},{"foo":2}]'],
        ['jsonl', 'application/jsonl; charset=utf-8', '{"foo":"bar"}\n{"foo":2}\n'],
        ['csv', 'text/csv; charset=utf-8', '\uFEFFfoo\nbar\n2\n'],
        [
            'html',
            'text/html; charset=utf-8',
            '<table><tr><th>foo</th></tr><tr><td>bar</td></tr><tr><td>2</td></tr></table>',
        ],
        [
            'xml',
            'application/xml; charset=utf-8',
            `${DECLARATION}<items><item><foo>bar</foo></item><item><foo>2</foo></item></items>`,
        ],
        [
            'rss',
            'application/rss+xml; charset=utf-8',
            `${DECLARATION}<rss version="2.0"><channel><title>Dataset</title><description>Items in dataset.</description>` +
                '<item><foo>bar</foo></item><item><foo>2</foo></item></channel></rss>',
        ],
    ])('%s has its content type and shape', (format, contentType, bytes) => {
        expect(itemWriter(format, new Query(new URLSearchParams())).contentType).toBe(contentType);
        expect(write([{ foo: 'bar' }, { foo: 2 }], format)).toBe(bytes);
    });

    test.each([
        ['json', '[]'],
        ['jsonl', ''],
        ['csv', '\uFEFF'],
        ['html', '<table><tr></tr></table>'],
        ['xml', `${DECLARATION}<items></items>`],
    ])('%s can be empty', (format, bytes) => {
        expect(write([], format)).toBe(bytes);
    });

    test('bom adds the byte order mark, or leaves it out', () => {
        expect(write([], 'json', 'bom=1')).toBe('\uFEFF[]');
        expect(write([{ a: 1 }], 'csv', 'bom=0')).toBe('a\n1\n');
    });

    test('csv has cells as they are, or such that a spreadsheet takes none of them for a formula', () => {
        const cells = ['=1+1', '+1-800', '-2+3', '@SUM(A1)', '\t=1', '\uFF1D1', '-5', '+1e3', 'a=b', '', "'=1"];
        const items = [{ '=head': 1 }, ...cells.map((cell) => ({ '=head': cell }))];
        expect(csv(items).split('\n')).toEqual(['=head', '1', ...cells.map((cell) => cell || '""'), '']);
        expect(csv(items, 'escapeFormulas=1').split('\n')).toEqual([
            "'=head",
            '1',
            "'=1+1",
            "'+1-800",
            "'-2+3",
            "'@SUM(A1)",
            "'\t=1",
            "'\uFF1D1",
            '-5',
            '+1e3',
            'a=b',
            '""',
            "'=1",
            '',
        ]);
    });

    test.each([
        ['xlsx', {}, 'csv'],
        ['JSON', {}, 'json, jsonl'],
        ['yaml', {}, 'json, jsonl'],
        ['csv', { delimiter: '--' }, 'delimiter'],
        ['csv', { delimiter: '"' }, 'delimiter'],
        ['csv', { delimiter: '\n' }, 'delimiter'],
        ['xml', { xmlRoot: '1st' }, 'xmlRoot'],
        ['xml', { xmlRow: 'a><b' }, 'xmlRow'],
    ])('%s with %j is refused with 400, and with what to do instead', (format, query, advice) => {
        const refused = (): string => write([{ a: 1 }], format, query);
        expect(refused).toThrow(ApiError);
        expect(refused).toThrow(expect.objectContaining({ status: 400, type: 'invalid-value' }));
        expect(refused).toThrow(advice);
    });
});

describe('tables', () => {
    test.each<[string, DatasetItem[], string, string]>([
        [
            'quotes what would break a line',
            [{ a: 'x,y', b: 'say "hi"', c: '1\n2', d: '1\r2' }],
            '',
            'a,b,c,d\n"x,y","say ""hi""","1\n2","1\r2"\n',
        ],
        ['quotes the delimiter in use only', [{ a: 'x,y', b: 'x;y' }], 'delimiter=;', 'a;b\nx,y;"x;y"\n'],
        ['takes a tab as delimiter', [{ a: 1, b: 2 }], 'delimiter=%09', 'a\tb\n1\t2\n'],
        ['can skip the header row', [{ a: 1 }], 'skipHeaderRow=1', '1\n'],
        ['unites the columns of all items', [{ a: 1 }, { b: false, a: 0 }], '', 'a,b\n1,\n0,false\n'],
        ['keeps a column that no item fills', [{ a: undefined, b: 1 }], '', 'a,b\n,1\n'],
        ['names nested columns by their path', [{ a: { b: 1 }, c: [2, { d: 3 }] }], '', 'a/b,c/0,c/1/d\n1,2,3\n'],
        ['groups the columns of one field', [{ a: [1], b: 2 }, { a: [3, 4] }], '', 'a/0,a/1,b\n1,,2\n3,4,\n'],
        ['leaves null and empty values blank', [{ a: null, b: [], c: {}, d: '' }], '', 'a,b,c,d\n,,,\n'],
        ['writes no blank line, which readers skip', [{ a: null }], '', 'a\n""\n'],
        ['writes one column for one name', [{ 'a/b': 1, a: { b: 2 } }], '', 'a/b\n2\n'],
    ])('CSV %s', (_, items, query, expected) => {
        expect(csv(items, query)).toBe(expected);
    });

    test('HTML escapes names and values', () => {
        expect(write([{ '<b>': '<script>"&\0' }], 'html')).toBe(
            '<table><tr><th>&lt;b&gt;</th></tr><tr><td>&lt;script&gt;&quot;&amp;\uFFFD</td></tr></table>',
        );
    });

    test.each([
        ['2001 columns', Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`c${i}`, i])), '2000 columns'],
        ['a name of 201 characters', { ['x'.repeat(201)]: 1 }, '200 characters'],
    ])('%s are refused, and the message says which limit', (_, item, limit) => {
        expect(() => csv([item])).toThrow(limit);
        expect(() => write([item], 'html')).toThrow(limit);
        expect(write([item], 'json')).not.toBe('');
    });
});

describe('XML', () => {
    test.each<[string, DatasetItem, string]>([
        [
            'repeats the element of an array',
            {
                address: [
                    { type: 'home', city: 'Chicago' },
                    { type: 'office', city: null },
                ],
            },
            '<address><type>home</type><city>Chicago</city></address><address><type>office</type><city/></address>',
        ],
        [
            'makes attributes of @ and text of #',
            {
                address: [
                    { '@': { type: 'home' }, city: 'Chicago' },
                    { '@': { type: 'office' }, '#': 'unknown' },
                ],
            },
            '<address type="home"><city>Chicago</city></address><address type="office">unknown</address>',
        ],
        ['prefers children to #', { a: { '#': 'text', b: 1 } }, '<a><b>1</b></a>'],
        ['escapes text', { a: '<&>"\r\u0001\uD800' }, '<a>&lt;&amp;&gt;&quot;&#13;\uFFFD\uFFFD</a>'],
        ['escapes attributes', { a: { '@': { b: '"<\n\t' } } }, '<a b="&quot;&lt;&#10;&#9;"/>'],
        ['keeps names that XML allows', { 'media:é-1.x': 1 }, '<media:é-1.x>1</media:é-1.x>'],
        ['makes an XML name of any other', { '1 <a>': 1, '#h': 2, '': 3 }, '<_1__a_>1</_1__a_><_h>2</_h><_>3</_>'],
        ['writes no attribute twice', { a: { '@': { 'b c': 1, b_c: 2 } } }, '<a b_c="2"/>'],
        ['leaves out what is undefined and empty arrays', { a: undefined, b: [] }, ''],
        ['leaves characters beyond the basic plane as they are', { a: '😀' }, '<a>😀</a>'],
    ])('%s', (_, item, expected) => {
        expect(xml(item)).toBe(expected === '' ? '<item/>' : `<item>${expected}</item>`);
    });

    test('xmlRoot and xmlRow name the wrapping elements', () => {
        expect(write([{ a: 1 }], 'xml', 'xmlRoot=rows&xmlRow=row')).toBe(
            `${DECLARATION}<rows><row><a>1</a></row></rows>`,
        );
    });
});

describe('RSS', () => {
    const feed = (query: string, source?: ExportSource): string => write([], 'rss', query, source);

    test('is titled by feedTitle and feedDescription, escaped', () => {
        const text = feed('feedTitle=Q%26A&feedDescription=%3Cnew%3E', { id: 'x' });
        expect(text).toContain('<title>Q&amp;A</title><description>&lt;new&gt;</description>');
    });

    test.each([
        [{ id: 'x1' }, 'Dataset x1'],
        [{ id: 'x1', name: 'offers' }, 'Dataset offers'],
    ])('is titled by its dataset %j otherwise', (source, title) => {
        expect(feed('', source)).toContain(
            `<title>${title}</title><description>Items in dataset with id &quot;x1&quot;.</description>`,
        );
    });
});
