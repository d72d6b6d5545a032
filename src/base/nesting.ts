import { endOfText } from './json-text.js';

/** How deep JSON may be nested, so that whatever walks through it never runs out of stack, on any Node. */
export const MAX_NESTING = 500;

const QUOTE = '"'.charCodeAt(0);
/** By this bit alone `[` differs from `{`, and `]` from `}`. */
const CURLY = '{'.charCodeAt(0) ^ '['.charCodeAt(0);
const [OPENING, CLOSING] = ['{'.charCodeAt(0), '}'.charCodeAt(0)];

/** Whether JSON is nested deeper than `MAX_NESTING`. Looks at its characters only, so that it may be as deep as it likes. */
export function isNestedTooDeeply(json: string): boolean {
    if (json.length <= 2 * MAX_NESTING) return false;
    let depth = 0;
    for (let i = 0; i < json.length; i++) {
        const sign = json.charCodeAt(i);
        if (sign === QUOTE) {
            i = endOfText(json, i);
            continue;
        }
        const bracket = sign | CURLY;
        if (bracket === OPENING && ++depth > MAX_NESTING) return true;
        if (bracket === CLOSING) depth--;
    }
    return false;
}
