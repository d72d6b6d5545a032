import { setImmediate } from 'node:timers/promises';

import type { Dataset, DatasetItem } from '../../trace/dataset.js';
import type { ItemSelection } from './item-selection.js';
import type { ItemWriter } from './item-writer.js';
import { parseItem } from './parse-item.js';

/** Other calls wait no longer than this for a read that goes on. */
const PORTION_MILLIS = 5;
/** Items between two looks at the clock. */
const ITEMS_AT_ONCE = 20;
/** About as many characters are sent at once. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * Goes through the places of a page, the first of which comes last where it is descending, and lets other calls have
 * their turn now and then.
 */
async function* portionsOf({ first, end, isDescending }: ItemSelection): AsyncGenerator<number[]> {
    let startedAt = performance.now();
    for (let at = 0; at < end - first; at += ITEMS_AT_ONCE) {
        const count = Math.min(ITEMS_AT_ONCE, end - first - at);
        yield Array.from({ length: count }, (_, i) => (isDescending ? end - 1 - at - i : first + at + i));
        if (performance.now() - startedAt < PORTION_MILLIS) continue;
        await setImmediate();
        startedAt = performance.now();
    }
}

function itemsAt(dataset: Dataset, places: readonly number[]): DatasetItem[] {
    return places.map((place) => parseItem(dataset.json(place)));
}

/**
 * Looks at all items of a page before one is written: how many there are, and whatever a table must know.
 *
 * @returns The number of items.
 * @throws ApiError 400 when the format can't hold them.
 */
export async function lookThrough(dataset: Dataset, selection: ItemSelection, writer: ItemWriter): Promise<number> {
    const { first, end, keepsCount, reshape } = selection;
    if (keepsCount && !writer.look) return end - first;
    let count = 0;
    for await (const places of portionsOf(selection)) {
        const items = reshape(itemsAt(dataset, places));
        count += items.length;
        if (writer.look) items.forEach(writer.look);
    }
    return count;
}

/** Writes the items of a page, chunk by chunk. */
export async function* written(
    dataset: Dataset,
    selection: ItemSelection,
    { begin, item: write, json, end }: ItemWriter,
): AsyncGenerator<string> {
    const { isPlain, reshape } = selection;
    let text = begin();
    let n = 0;
    for await (const places of portionsOf(selection)) {
        // What lies there as JSON need not be read to be written as JSON.
        if (json && isPlain) for (const place of places) text += json(dataset.json(place), n++);
        else for (const item of reshape(itemsAt(dataset, places))) text += write(item, n++);
        if (text.length < CHUNK_LENGTH) continue;
        yield text;
        text = '';
    }
    yield text + end;
}
