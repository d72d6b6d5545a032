import { Readable } from 'node:stream';

import * as v from 'valibot';

import { invalidInput } from '../errors.js';
import type { Dataset, DatasetCounts, DatasetItem } from '../../trace/dataset.js';
import { itemWriter } from './item-export.js';
import { readSelection } from './item-selection.js';
import { lookThrough, written } from './item-stream.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { contentReply, jsonReply, type Reply, type Streamed } from './reply.js';
import { commonOperations } from './storages.js';

const ITEM = v.custom<DatasetItem>((input) => typeof input === 'object' && input !== null && !Array.isArray(input));
const ITEMS = v.union([
    v.array(ITEM),
    v.pipe(
        ITEM,
        v.transform((item) => [item]),
    ),
]);

export const datasetOperations: Operation[] = [
    ...commonOperations('datasets', (dataset, call) => {
        const { itemCount, cleanCount } = shown(dataset, call);
        return { itemCount, cleanItemCount: cleanCount };
    }),
    { operationId: 'dataset_items_post', method: 'POST', path: '/datasets/:id/items', handle: pushItems },
    { operationId: 'dataset_items_head', method: 'HEAD', path: '/datasets/:id/items', handle: listItems },
    { operationId: 'dataset_items_get', method: 'GET', path: '/datasets/:id/items', handle: listItems },
];

/** What reads show of a dataset at the moment of a call. */
function shown(dataset: Dataset, { core, now }: Call): DatasetCounts {
    const lag = core.settings.datasetReadLagMillis;
    return lag === 0 ? dataset : dataset.pushedBy(now - lag);
}

function pushItems(call: Call): Reply {
    const { id } = call.core.store.find('datasets', call.params.id!);
    const parsed = v.safeParse(ITEMS, jsonBody(call));
    if (!parsed.success) throw invalidInput('The body must be a JSON object or an array of JSON objects.');
    if (parsed.output.length > 0) call.core.store.commit({ type: 'items.pushed', id, items: parsed.output });
    return jsonReply({}, 201);
}

/** What is longer is sent bit by bit, and without its length, which shows only in the end. */
const MAX_WHOLE_LENGTH = 1024 * 1024;

async function listItems(call: Call): Promise<Reply> {
    const { query } = call;
    const { id, name, content } = call.core.store.find('datasets', call.params.id!);
    const total = shown(content, call).itemCount;
    const selection = readSelection(query, total);
    const source = { id, ...(name !== undefined && { name }) };
    const { contentType, writer } = itemWriter(query.string('format') ?? 'json', query, source);
    const count = await lookThrough(content, selection, writer);
    const attachment = query.boolean('attachment') ?? false;
    return contentReply(await wholeOrStreamed(written(content, selection, writer)), contentType, {
        'x-apify-pagination-total': String(total),
        'x-apify-pagination-offset': String(selection.offset),
        'x-apify-pagination-count': String(count),
        'x-apify-pagination-limit': String(selection.limit),
        'x-apify-pagination-desc': String(selection.isDescending),
        ...(attachment && { 'content-disposition': 'attachment' }),
    });
}

async function wholeOrStreamed(chunks: AsyncGenerator<string>): Promise<string | Streamed> {
    let text = '';
    while (text.length < MAX_WHOLE_LENGTH) {
        const { value, done } = await chunks.next();
        if (done) return text;
        text += value;
    }
    return { length: undefined, open: () => Readable.from(following(text, chunks), { objectMode: false }) };
}

async function* following(text: string, chunks: AsyncGenerator<string>): AsyncGenerator<string> {
    yield text;
    yield* chunks;
}
