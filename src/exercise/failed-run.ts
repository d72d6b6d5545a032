import type { LastError } from './last-error.js';

/** Node's exit code when nothing is left that could settle a promise that the main module awaits. */
export const UNSETTLED = 13;

const HEAP_IS_FULL = /heap out of memory|heap limit/i;

/** Whether Node has ended a process for want of memory, by its log. */
export function hasFullHeap(lines: readonly string[]): boolean {
    return lines.some((line) => HEAP_IS_FULL.test(line));
}

/** An error and its place as one text. */
export function errorText({ message, place }: LastError): string {
    return place === undefined ? message : `${message} (${place})`;
}
