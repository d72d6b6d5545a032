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
    const needsQuotes = (cell: string): boolean => /["\r\n]/.test(cell) || cell.includes(delimiter);
    const asText = query.boolean('escapeFormulas') ? formulaAsText : (cell: string): string => cell;
    const line = (cells: readonly string[]): string => {
        const text = cells
            .map(asText)
            .map((cell) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
            .join(delimiter);
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
        for (const [field, value] of Object.entries(item)) {
            const known = this.#columnsOfField.get(field);
            const columns = known ?? new Set<string>();
            if (!known) this.#columnsOfField.set(field, columns);
            isNew ||= !known;
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
        const cells = new Map(Object.entries(item).flatMap(([field, value]) => toCells(field, value)));
        return this.header.map((column) => cells.get(column) ?? '');
    }
}

/** Null and empty objects and arrays have no cells. */
function toCells(path: string, value: unknown): [string, string][] {
    if (value === undefined || value === null) return [];
    if (typeof value !== 'object') return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
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
