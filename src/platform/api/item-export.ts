import { invalidValue } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { csvWriter, htmlWriter } from './item-table.js';
import type { ExportSource, ItemWriter } from './item-writer.js';
import { rssWriter, xmlWriter } from './item-xml.js';
import type { Query } from './query.js';

interface Format {
    contentType: string;
    writer: (query: Query, source: ExportSource | undefined) => ItemWriter;
}

const FORMATS = new Map<string, Format>([
    [
        'json',
        {
            contentType: 'application/json',
            writer: () => jsonWriter('[', (json, n) => (n === 0 ? json : `,${json}`), ']'),
        },
    ],
    ['jsonl', { contentType: 'application/jsonl', writer: () => jsonWriter('', (json) => `${json}\n`, '') }],
    ['csv', { contentType: 'text/csv', writer: csvWriter }],
    ['html', { contentType: 'text/html', writer: htmlWriter }],
    ['xml', { contentType: 'application/xml', writer: xmlWriter }],
    ['rss', { contentType: 'application/rss+xml', writer: rssWriter }],
]);

function jsonWriter(begin: string, json: (json: string, n: number) => string, end: string): ItemWriter {
    return { begin: () => begin, item: (item: DatasetItem, n) => json(JSON.stringify(item), n), json, end };
}

/**
 * Writes items in a format of the API, as text in UTF-8. CSV begins with a byte order mark unless `bom=0`, the other
 * formats only with `bom=1`.
 *
 * @param source Names the RSS feed that has no `feedTitle` or `feedDescription`.
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @throws ApiError 400 for an unknown format, for `xlsx`, and for parameters that the format cannot be written with.
 */
export function itemWriter(
    format: string,
    query: Query,
    source?: ExportSource,
): { contentType: string; writer: ItemWriter } {
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
    const writer = known.writer(query, source);
    return {
        contentType: `${known.contentType}; charset=utf-8`,
        writer: { ...writer, begin: () => byteOrderMark + writer.begin() },
    };
}
