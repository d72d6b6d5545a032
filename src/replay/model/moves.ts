import type { Recording } from './recording.js';
import { placeAt } from './steps.js';

/** A step of the cursor, as a key or a button asks for it. */
export type Move =
    | 'first'
    | 'last'
    | 'next'
    | 'next-mark'
    | 'next-owed'
    | 'previous'
    | 'previous-mark'
    | 'previous-owed';

/** Where a move leads; the same index where there is nothing to move to. */
export function jump({ first, last, marks, balances }: Recording, index: number, move: Move): number {
    switch (move) {
        case 'first':
            return first;
        case 'last':
            return last;
        case 'next':
            return Math.min(last, index + 1);
        case 'previous':
            return Math.max(first, index - 1);
        case 'next-mark':
            return after(marks, index) ?? last;
        case 'previous-mark':
            return before(marks, index) ?? first;
        case 'next-owed':
            return after(balances, index) ?? index;
        case 'previous-owed':
            return before(balances, index) ?? index;
        default:
            return move satisfies never;
    }
}

function after(places: readonly { index: number }[], index: number): number | undefined {
    return places[placeAt(places, index) + 1]?.index;
}

function before(places: readonly { index: number }[], index: number): number | undefined {
    return places[placeAt(places, index - 1)]?.index;
}
