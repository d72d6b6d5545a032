import type { Counts } from './counts.js';

/** `1 page`, `2 pages`. */
export function counted(number: number, one: string, many = `${one}s`): string {
    return `${number} ${number === 1 ? one : many}`;
}

/** How large an object of counts is. */
export function countsText(counts: Counts): string {
    const offers = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return `${counted(Object.keys(counts).length, 'ASIN')}, ${counted(offers, 'offer')}`;
}

/** Seconds with one decimal, such as `11.9 s`. */
export function seconds(millis: number): string {
    return `${(millis / 1_000).toFixed(1)} s`;
}

/** The first few of a list, and how many more there are. */
export function firstOf(names: readonly string[], most: number): string {
    const more = names.length - most;
    return more > 1 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
