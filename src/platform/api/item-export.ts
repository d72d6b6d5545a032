import { invalidValue } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { toCsv, toHtml } from './item-table.js';
import { type ExportSource, toRss, toXml } from './item-xml.js';
import type { Query } from './query.js';

interface Format {
    contentType: string;
    write: (items: DatasetItem[], query: Query, source: ExportSource | undefined) => string;
}

const FORMATS = new Map<string, Format>([
    ['json', { contentType: 'application/json', write: (items) => JSON.stringify(items) }],
    [
        'jsonl',
        {
            contentType: 'application/jsonl',
            write: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
        },
    ],
    ['csv', { contentType: 'text/csv', write: toCsv }],
    ['html', { contentType: 'text/html', write: toHtml }],
    ['xml', { contentType: 'application/xml', write: toXml }],
    ['rss', { contentType: 'application/rss+xml', write: toRss }],
]);

/**
 * Writes items in a format of the API, as text in UTF-8. CSV begins with a byte order mark unless `bom=0`, the other
 * formats only with `bom=1`.
 *
 * @example
 * exportItems([{ a: 1 }], 'csv', new Query(new URLSearchParams('bom=0'))).bytes; // 'a\n1\n'
 *
 * @param source Names the RSS feed that has no `feedTitle` or `feedDescription`.
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @throws ApiError 400 for an unknown format, for `xlsx`, and for parameters that the format cannot be written with.
 */
export function exportItems(
    items: DatasetItem[],
    format: string,
    query: Query,
    source?: ExportSource,
): { contentType: string; bytes: string } {
    if (format === 'xlsx') {
        throw invalidValue(`This local platform exports no 'xlsx'. Use 'csv', which spreadsheet programs open too.`);
    }
    const known = FORMATS.get(format);
    if (!known) {
        throw invalidValue(
            `Query parameter 'format' must be one of ${[...FORMATS.keys()].join(', ')}, not '${format}'.`,
        );
    }
    const byteOrderMark = (query.boolean('bom') ?? format === 'csv') ? '\uFEFF' : '';
    return {
        contentType: `${known.contentType}; charset=utf-8`,
        bytes: byteOrderMark + known.write(items, query, source),
    };
}
