const BACKSLASH = '\\'.charCodeAt(0);

/**
 * Where a text in JSON ends.
 *
 * @param begin Of the quote that opens it.
 * @returns The place of the quote that closes it; behind all that there is for a text without an end.
 */
export function endOfText(json: string, begin: number): number {
    for (let end = json.indexOf('"', begin + 1); end !== -1; end = json.indexOf('"', end + 1)) {
        let escapes = 0;
        while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
        if (escapes % 2 === 0) return end;
    }
    return json.length;
}
