import { invalidValue } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { escapeMarkup } from '../../base/markup.js';
import type { ItemWriter } from './item-writer.js';
import type { Query } from './query.js';

/** Limits of the tables that the API exports, from its public description. */
const MAX_COLUMNS = 2000;
const MAX_COLUMN_NAME_LENGTH = 200;

/**
 * Writes a CSV table, its lines ending in a line feed. Cells are quoted where needed, as in RFC 4180, and are otherwise
 * left as they are: a spreadsheet may read a cell that begins with `=` as a formula, unless `escapeFormulas` is set.
 *
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @throws ApiError 400 for an unusable `delimiter`, or for items that go beyond the limits of tables.
 */
export function csvWriter(query: Query): ItemWriter {
    const delimiter = query.string('delimiter') ?? ',';
    if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
        throw invalidValue(`Query parameter 'delimiter' must be one character, and neither a quote nor a line break.`);
    }
    const needsQuotes = new RegExp(`["\\r\\n\\u${delimiter.charCodeAt(0).toString(16).padStart(4, '0')}]`);
    const asText = query.boolean('escapeFormulas') ? formulaAsText : (cell: string): string => cell;
    const cellOf = (value: string): string => {
        const cell = asText(value);
        return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    };
    const line = (cells: readonly string[]): string => {
        const text = cells.map(cellOf).join(delimiter);
        // Readers skip a blank line, so a single empty cell is quoted.
        return `${text === '' ? '""' : text}\n`;
    };
    const table = new Table();
    const skipsHeader = query.boolean('skipHeaderRow') ?? false;
    return {
        look: (item) => table.look(item),
        begin: () => (skipsHeader || table.header.length === 0 ? '' : line(table.header)),
        item: (item) => (table.header.length === 0 ? '' : line(table.row(item))),
        end: '',
    };
}

/** What a spreadsheet may take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A cell as a spreadsheet shows it: an apostrophe before it has it taken for text. A number stays one. */
function formulaAsText(cell: string): string {
    return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/**
 * Writes an HTML table.
 *
 * @see https://docs.apify.com/api/v2/dataset-items-get
 * @throws ApiError 400 for items that go beyond the limits of tables.
 */
export function htmlWriter(): ItemWriter {
    const line = (tag: 'th' | 'td', cells: readonly string[]): string =>
        `<tr>${cells.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('')}</tr>`;
    const table = new Table();
    return {
        look: (item) => table.look(item),
        begin: () => `<table>${line('th', table.header)}`,
        item: (item) => line('td', table.row(item)),
        end: '</table>',
    };
}

/**
 * Columns stand in the order in which their fields first appear. A nested value has a column for each leaf, named by
 * its path, like `images/0/url`.
 */
class Table {
    readonly #columnsOfField = new Map<string, Set<string>>();
    #header: readonly string[] | undefined;

    /**
     * Takes in the columns of an item.
     *
     * @throws ApiError 400 when they are too many, or their names too long.
     */
    look(item: DatasetItem): void {
        let isNew = false;
        for (const field of Object.keys(item)) {
            const value = item[field];
            const known = this.#columnsOfField.get(field);
            const columns = known ?? new Set<string>();
            if (!known) this.#columnsOfField.set(field, columns);
            isNew ||= !known;
            if (isText(value) && columns.has(field)) continue;
            for (const [path] of toCells(field, value)) {
                isNew ||= !columns.has(path);
                columns.add(path);
            }
        }
        if (isNew) this.#header = headerOf(this.#columnsOfField);
    }

    get header(): readonly string[] {
        return this.#header ?? [];
    }

    row(item: DatasetItem): string[] {
        // Most items have no values within others, and need no list of their cells.
        if (Object.values(item).every(isText)) {
            return this.header.map((column) => (Object.hasOwn(item, column) ? textOf(item[column]) : ''));
        }
        const cells = new Map(Object.entries(item).flatMap(([field, value]) => toCells(field, value)));
        return this.header.map((column) => cells.get(column) ?? '');
    }
}

/** Whether a value is in one cell, and says something there. */
function isText(value: unknown): boolean {
    return typeof value !== 'object' && value !== undefined;
}

function textOf(value: unknown): string {
    return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Null and empty objects and arrays have no cells. */
function toCells(path: string, value: unknown): [string, string][] {
    if (value === undefined || value === null) return [];
    if (isText(value)) return [[path, textOf(value)]];
    return Object.entries(value).flatMap(([name, child]) => toCells(`${path}/${name}`, child));
}

/** A field that is empty in every item still has its column. */
function headerOf(columnsOfField: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    const all = [...columnsOfField].flatMap(([field, columns]) => (columns.size === 0 ? [field] : [...columns]));
    const header = [...new Set(all)];
    assertExportable(header);
    return header;
}

const ADVICE = `Name fewer fields in 'fields', or use the format json, xml or rss.`;

function assertExportable(header: readonly string[]): void {
    if (header.length > MAX_COLUMNS) {
        throw invalidValue(`A table can have ${MAX_COLUMNS} columns at most, and this one has more. ${ADVICE}`);
    }
    const long = header.find((column) => column.length > MAX_COLUMN_NAME_LENGTH);
    if (long !== undefined) {
        throw invalidValue(
            `A column's name can have ${MAX_COLUMN_NAME_LENGTH} characters at most. ` +
                `This one has ${long.length}: '${long.slice(0, 40)}…'. ${ADVICE}`,
        );
    }
}
