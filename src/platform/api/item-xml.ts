import { escapeAttribute, escapeMarkup } from '../../base/markup.js';
import { invalidValue } from '../errors.js';
import { isObject } from './item-selection.js';
import type { ExportSource, ItemWriter } from './item-writer.js';
import type { Query } from './query.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

// Names and characters as XML 1.0 (fifth edition) has them: https://www.w3.org/TR/xml/#NT-NameStartChar
// Colons stay, as feeds need names like `media:content`; `@` can declare the namespace.
const NAME_START =
    ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
    '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME_REST = `${NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;
const NAME = new RegExp(`^[${NAME_START}][${NAME_REST}]*$`, 'u');
const NOT_IN_NAME = new RegExp(`[^${NAME_REST}]`, 'gu');

/**
 * Writes `<items><item>…</item></items>`, with the names that `xmlRoot` and `xmlRow` give. Of a property, `@` holds the
 * attributes, `#` the text if there are no children, and an array repeats its element. A property's name that is no XML
 * name is made one with underscores.
 *
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @throws ApiError 400 when `xmlRoot` or `xmlRow` is no XML name.
 */
export function xmlWriter(query: Query): ItemWriter {
    const root = readName(query, 'xmlRoot') ?? 'items';
    const row = readName(query, 'xmlRow') ?? 'item';
    return {
        begin: () => `${DECLARATION}<${root}>`,
        item: (item) => toElement(row, item),
        end: `</${root}>`,
    };
}

/**
 * Writes an RSS feed with an `<item>` for each item, its properties as in {@link xmlWriter}.
 *
 * @see https://docs.apify.com/api/v2/dataset-items-get
 */
export function rssWriter(query: Query, source?: ExportSource): ItemWriter {
    const title = query.string('feedTitle') ?? (source ? `Dataset ${source.name ?? source.id}` : 'Dataset');
    const description =
        query.string('feedDescription') ?? (source ? `Items in dataset with id "${source.id}".` : 'Items in dataset.');
    const about = toElement('title', title) + toElement('description', description);
    return {
        begin: () => `${DECLARATION}<rss version="2.0"><channel>${about}`,
        item: (item) => toElement('item', item),
        end: '</channel></rss>',
    };
}

function toElement(name: string, value: unknown): string {
    if (value === undefined) return '';
    if (Array.isArray(value)) return value.map((element) => toElement(name, element)).join('');
    if (!isObject(value)) return wrap(name, '', escapeMarkup(toText(value)));
    const { '@': attributes, '#': text, ...properties } = value;
    const children = Object.entries(properties)
        .map(([property, child]) => toElement(toName(property), child))
        .join('');
    return wrap(name, toAttributes(attributes), children || escapeMarkup(toText(text)));
}

const wrap = (name: string, attributes: string, content: string): string =>
    content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;

function toAttributes(attributes: unknown): string {
    if (!isObject(attributes)) return '';
    // A map, as two names can become one, and no attribute may stand twice.
    const named = new Map(Object.entries(attributes).map(([name, value]) => [toName(name), toText(value)]));
    return [...named].map(([name, text]) => ` ${name}="${escapeAttribute(text)}"`).join('');
}

function toText(value: unknown): string {
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
}

function toName(property: string): string {
    const name = property.replaceAll(NOT_IN_NAME, '_');
    return NAME.test(name) ? name : `_${name}`;
}

function readName(query: Query, parameter: string): string | undefined {
    const name = query.string(parameter);
    if (name === undefined || NAME.test(name)) return name;
    throw invalidValue(`Query parameter '${parameter}' must be an XML name, such as 'item', not '${name}'.`);
}
