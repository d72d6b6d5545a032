import * as v from 'valibot';

import { invalidInput } from '../errors.js';
import type { Dataset, DatasetItem, DatasetView } from '../../trace/dataset.js';
import { exportItems } from './item-export.js';
import { selectItems } from './item-selection.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { contentReply, jsonReply, type Reply } from './reply.js';
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
        const { items, cleanCount } = shown(dataset, call);
        return { itemCount: items.length, cleanItemCount: cleanCount };
    }),
    { operationId: 'dataset_items_post', method: 'POST', path: '/datasets/:id/items', handle: pushItems },
    { operationId: 'dataset_items_head', method: 'HEAD', path: '/datasets/:id/items', handle: listItems },
    { operationId: 'dataset_items_get', method: 'GET', path: '/datasets/:id/items', handle: listItems },
];

/** What reads show of a dataset at the moment of a call. */
function shown(dataset: Dataset, { core, now }: Call): DatasetView {
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

function listItems(call: Call): Reply {
    const { id, name, content } = call.core.store.find('datasets', call.params.id!);
    const { items, total, offset, limit } = selectItems(shown(content, call).items, call.query);
    const { contentType, bytes } = exportItems(items, call.query.string('format') ?? 'json', call.query, {
        id,
        ...(name !== undefined && { name }),
    });
    const attachment = call.query.boolean('attachment') ?? false;
    return contentReply(bytes, contentType, {
        'x-apify-pagination-total': String(total),
        'x-apify-pagination-offset': String(offset),
        'x-apify-pagination-count': String(items.length),
        'x-apify-pagination-limit': String(limit),
        'x-apify-pagination-desc': String(call.query.boolean('desc') ?? false),
        ...(attachment && { 'content-disposition': 'attachment' }),
    });
}
