/**
 * ASINs made by arithmetic instead of a table: index → ASIN is one multiplication modulo 36^8, and ASIN → index
 * multiplies by the inverse. So 100,000 products need no memory, no two share an ASIN, and any ASIN can be looked up.
 */

const SPACE = 36n ** 8n;

/** About SPACE times the golden ratio, so that neighbours look unlike each other; shares no factor with SPACE. */
const MULTIPLIER = 1_743_541_808_807n;

/** MULTIPLIER * INVERSE leaves 1 when divided by SPACE. */
const INVERSE = 1_339_982_551_319n;

/** The ASIN of the product at `index`; `offset` moves the whole series, so that every seed has other ASINs. */
export function asinAt(index: number, offset: number): string {
    const code = (BigInt(index) * MULTIPLIER + BigInt(offset)) % SPACE;
    return `B0${code.toString(36).padStart(8, '0').toUpperCase()}`;
}

/** The index that {@link asinAt} turns into `asin`; any well-formed ASIN has one. `undefined` for anything else. */
export function indexOfAsin(asin: string, offset: number): number | undefined {
    if (!/^B0[0-9A-Z]{8}$/.test(asin)) return undefined;
    let code = 0n;
    for (const digit of asin.slice(2)) code = code * 36n + BigInt(Number.parseInt(digit, 36));
    const moved = (code - (BigInt(offset) % SPACE) + SPACE) % SPACE;
    return Number((moved * INVERSE) % SPACE);
}
