/** How deep JSON may be nested, so that whatever walks through it never runs out of stack, on any Node. */
export const MAX_NESTING = 500;

const [QUOTE, BACKSLASH] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)];
const OPENING: ReadonlySet<number> = new Set(Array.from('[{', (sign) => sign.charCodeAt(0)));
const CLOSING: ReadonlySet<number> = new Set(Array.from(']}', (sign) => sign.charCodeAt(0)));

/** Whether JSON is nested deeper than `MAX_NESTING`. Looks at its characters only, so that it may be as deep as it likes. */
export function isNestedTooDeeply(json: string): boolean {
    if (json.length <= 2 * MAX_NESTING) return false;
    let [depth, isText] = [0, false];
    for (let i = 0; i < json.length; i++) {
        const sign = json.charCodeAt(i);
        if (isText && sign === BACKSLASH) i++;
        else if (sign === QUOTE) isText = !isText;
        else if (isText) continue;
        else if (OPENING.has(sign) && ++depth > MAX_NESTING) return true;
        else if (CLOSING.has(sign)) depth--;
    }
    return false;
}
