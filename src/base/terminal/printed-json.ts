/** What JSON lets stand as it is, and a terminal obeys or shows in another place: see `plainText`. */
const OBEYED = /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/**
 * A value as JSON for a program to read, that may as well go to a terminal: it holds the same, and no character that
 * would change how the terminal works.
 *
 * @param indent Columns by which each level is indented; in one line without.
 */
export function printedJson(value: unknown, indent?: number): string {
    return JSON.stringify(value, null, indent).replaceAll(
        OBEYED,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
