const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** From where on and up to where something lies, in bytes. */
export type Span = readonly [start: number, end: number];

/**
 * Where the value of a field begins in an object's JSON, which `JSON.stringify` has written: without spaces.
 *
 * @param json UTF-8.
 * @returns Undefined when there is no such field.
 */
export function fieldStart(json: Uint8Array, field: string): number | undefined {
    let at = 1;
    while (json[at] === QUOTE) {
        const start = endOfString(json, at) + 1;
        if (isText(json, at + 1, start - 2, field)) return start;
        const end = endOfValue(json, start);
        if (json[end] !== COMMA) return undefined;
        at = end + 1;
    }
    return undefined;
}

/** The same, and where it ends. */
export function fieldSpan(json: Uint8Array, field: string): Span | undefined {
    const start = fieldStart(json, field);
    return start === undefined ? undefined : [start, endOfValue(json, start)];
}

/** Where the elements of an array lie in its JSON, which begins at `start`; none where that is no array. */
export function elementSpans(json: Uint8Array, start: number): Span[] {
    const spans: Span[] = [];
    if (json[start] !== OPEN_ARRAY || json[start + 1] === CLOSE_ARRAY) return spans;
    for (let at = start; json[at] === OPEN_ARRAY || json[at] === COMMA;) {
        const end = endOfValue(json, at + 1);
        spans.push([at + 1, end]);
        at = end;
        if (json[at] === CLOSE_ARRAY) break;
    }
    return spans;
}

function endOfValue(json: Uint8Array, start: number): number {
    let depth = 0;
    for (let at = start; at < json.length; at++) {
        switch (json[at]) {
            case QUOTE:
                at = endOfString(json, at) - 1;
                break;
            case OPEN_ARRAY:
            case OPEN_OBJECT:
                depth++;
                break;
            case CLOSE_ARRAY:
            case CLOSE_OBJECT:
                if (depth === 0) return at;
                depth--;
                break;
            case COMMA:
                if (depth === 0) return at;
                break;
            default:
                break;
        }
    }
    return json.length;
}

/** @param start Of the quote that opens it. */
function endOfString(json: Uint8Array, start: number): number {
    for (let at = start + 1; at < json.length; at++) {
        if (json[at] === QUOTE) return at + 1;
        if (json[at] === BACKSLASH) at++;
    }
    return json.length;
}

function isText(json: Uint8Array, start: number, end: number, text: string): boolean {
    if (end - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (json[start + i] !== text.charCodeAt(i)) return false;
    return true;
}
