import type { Seen } from '../seen.js';
import { SITE_PAGES, SITE_TRUTH } from '../site.js';

/** All offers of the site. */
export const ALL_OFFERS = Object.values(SITE_TRUTH).reduce((sum, count) => sum + count, 0);

/** How a run ended, where that is all there is to say of it. */
export function endText({ status, incarnation }: Seen): string {
    if (status === undefined || status === 'RUNNING') return 'a run that had to be ended';
    return `a run that ended as ${status} in process ${incarnation}`;
}

/** A value in one short line. */
export function shownValue(value: unknown): string {
    const text = JSON.stringify(value) ?? 'nothing';
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** What is wrong with the rows that a run has left: one for each offer, named by its seller. */
export interface RowsFound {
    count: number;
    tooMany: number;
    /** Sellers whose row is missing. */
    missing: string[];
}

export function rowsFound({ rows }: Seen): RowsFound {
    const sellers = rows.map(({ seller }) => String(seller));
    const missing = SITE_PAGES.flatMap(({ offers }) => offers.map(({ seller }) => seller)).filter(
        (seller) => !sellers.includes(seller),
    );
    return { count: rows.length, tooMany: sellers.length - new Set(sellers).size, missing };
}

/** What rows are expected, and what came. */
export const ALL_ROWS = `${ALL_OFFERS} rows, one for each offer`;

export function rowsText({ count, tooMany, missing }: RowsFound): string {
    return `${count} rows, ${tooMany} too many, ${missing.length} missing`;
}
