import { endOfText } from '../../base/json-text.js';
import type { DatasetItem } from '../../trace/dataset.js';

const [QUOTE, OPEN_ARRAY, OPEN_OBJECT] = [0x22, 0x5b, 0x7b];

/**
 * Reads an item as `JSON.parse` does, which would be shorter. But V8 enters each short text that `JSON.parse` meets
 * into one table: a million different ones take tens of MB, and whenever that table grows, all calls wait for it. So
 * the texts of an item are cut out here, as long as it has no values within others.
 *
 * @param json Of an object, as `JSON.stringify` has written it: without spaces.
 * @see https://github.com/v8/v8/blob/main/src/json/json-parser.h `kMaxInternalizedStringValueLength`
 */
export function parseItem(json: string): DatasetItem {
    const item: DatasetItem = {};
    for (let at = 1; json.charCodeAt(at) === QUOTE;) {
        const nameEnd = endOfText(json, at) + 1;
        const name = textBetween(json, at, nameEnd);
        const start = nameEnd + 1;
        const first = json.charCodeAt(start);
        // The name of the prototype can't be set as others are.
        if (first === OPEN_OBJECT || first === OPEN_ARRAY || name === '__proto__')
            return JSON.parse(json) as DatasetItem;
        const end = first === QUOTE ? endOfText(json, start) + 1 : endOfPlain(json, start);
        item[name] = first === QUOTE ? textBetween(json, start, end) : JSON.parse(json.slice(start, end));
        at = end + 1;
    }
    return item;
}

/** The end of a number, a boolean or null. */
function endOfPlain(json: string, start: number): number {
    const comma = json.indexOf(',', start);
    return comma === -1 ? json.length - 1 : comma;
}

/** @param start Of the quote that opens it. */
function textBetween(json: string, start: number, end: number): string {
    const text = json.slice(start + 1, end - 1);
    return text.includes('\\') ? (JSON.parse(json.slice(start, end)) as string) : text;
}
