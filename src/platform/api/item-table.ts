import { invalidValue } from '../errors.js';
import type { DatasetItem } from '../../trace/dataset.js';
import { escapeMarkup } from '../../base/markup.js';
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
export function toCsv(items: DatasetItem[], query: Query): string {
    const delimiter = query.string('delimiter') ?? ',';
    if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
        throw invalidValue(`Query parameter 'delimiter' must be one character, and neither a quote nor a line break.`);
    }
    const needsQuotes = (cell: string): boolean => /["\r\n]/.test(cell) || cell.includes(delimiter);
    const asText = query.boolean('escapeFormulas') ? formulaAsText : (cell: string): string => cell;
    const line = (cells: string[]): string => {
        const text = cells
            .map(asText)
            .map((cell) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
            .join(delimiter);
        // Readers skip a blank line, so a single empty cell is quoted.
        return `${text === '' ? '""' : text}\n`;
    };
    const { header, rows } = toTable(items);
    if (header.length === 0) return '';
    return (query.boolean('skipHeaderRow') ? rows : [header, ...rows]).map(line).join('');
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
export function toHtml(items: DatasetItem[]): string {
    const line = (tag: 'th' | 'td', cells: string[]): string =>
        `<tr>${cells.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('')}</tr>`;
    const { header, rows } = toTable(items);
    return `<table>${line('th', header)}${rows.map((row) => line('td', row)).join('')}</table>`;
}

/**
 * Columns stand in the order in which their fields first appear. A nested value has a column for each leaf, named by
 * its path, like `images/0/url`.
 */
function toTable(items: DatasetItem[]): { header: string[]; rows: string[][] } {
    const columnsOfField = new Map<string, Set<string>>();
    const cellsOfItems = items.map((item) => {
        const cells = new Map<string, string>();
        for (const [field, value] of Object.entries(item)) {
            const columns = columnsOfField.get(field) ?? new Set();
            columnsOfField.set(field, columns);
            for (const [path, cell] of toCells(field, value)) {
                columns.add(path);
                cells.set(path, cell);
            }
        }
        return cells;
    });
    // A field that is empty in every item still has its column.
    const header = [
        ...new Set([...columnsOfField].flatMap(([field, columns]) => (columns.size === 0 ? [field] : [...columns]))),
    ];
    assertExportable(header);
    return { header, rows: cellsOfItems.map((cells) => header.map((column) => cells.get(column) ?? '')) };
}

/** Null and empty objects and arrays have no cells. */
function toCells(path: string, value: unknown): [string, string][] {
    if (value === undefined || value === null) return [];
    if (typeof value !== 'object') return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
    return Object.entries(value).flatMap(([name, child]) => toCells(`${path}/${name}`, child));
}

function assertExportable(header: string[]): void {
    const advice = `Name fewer fields in 'fields', or use the format json, xml or rss.`;
    if (header.length > MAX_COLUMNS) {
        throw invalidValue(`A table can have ${MAX_COLUMNS} columns at most, not ${header.length}. ${advice}`);
    }
    const long = header.find((column) => column.length > MAX_COLUMN_NAME_LENGTH);
    if (long !== undefined) {
        throw invalidValue(
            `A column's name can have ${MAX_COLUMN_NAME_LENGTH} characters at most. ` +
                `This one has ${long.length}: '${long.slice(0, 40)}…'. ${advice}`,
        );
    }
}
