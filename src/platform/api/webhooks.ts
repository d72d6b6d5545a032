import * as v from 'valibot';

import { invalidInput, invalidValue, recordNotFound } from '../errors.js';
import { resourceId } from '../ids.js';
import type { WebhookRecord } from '../../trace/webhooks.js';
import { LOCAL_USER } from '../store.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { dataReply, emptyReply } from './reply.js';
import { listPage } from './storages.js';

const EVENT_TYPES = [
    ...['ABORTED', 'CREATED', 'FAILED', 'SUCCEEDED', 'TIMED_OUT'].map((event) => `ACTOR.BUILD.${event}`),
    ...['ABORTED', 'CREATED', 'FAILED', 'RESURRECTED', 'SUCCEEDED', 'TIMED_OUT'].map((event) => `ACTOR.RUN.${event}`),
    'TEST',
];
const AD_HOC_WEBHOOK = v.looseObject({
    eventTypes: v.pipe(v.array(v.picklist(EVENT_TYPES)), v.minLength(1)),
    requestUrl: v.pipe(v.string(), v.url()),
    payloadTemplate: v.nullish(v.string()),
    headersTemplate: v.nullish(v.string()),
    description: v.nullish(v.string()),
    ignoreSslErrors: v.nullish(v.boolean()),
    doNotRetry: v.nullish(v.boolean()),
    shouldInterpolateStrings: v.nullish(v.boolean()),
    isAdHoc: v.nullish(v.boolean()),
    idempotencyKey: v.nullish(v.string()),
});
const WEBHOOK = v.looseObject({
    ...AD_HOC_WEBHOOK.entries,
    condition: v.looseObject({
        actorId: v.nullish(v.string()),
        actorTaskId: v.nullish(v.string()),
        actorRunId: v.nullish(v.string()),
    }),
});

/** Webhooks are kept, and none is ever sent. */
export const webhookOperations: Operation[] = [
    {
        operationId: 'webhooks_get',
        method: 'GET',
        path: '/webhooks',
        handle: (call) => dataReply(listPage(call, [...call.core.store.state.webhooks.values()], webhookView)),
    },
    {
        operationId: 'webhooks_post',
        method: 'POST',
        path: '/webhooks',
        handle: (call) => {
            const parsed = v.safeParse(WEBHOOK, jsonBody(call));
            if (!parsed.success) throw invalidInput(`That is no webhook: ${v.summarize(parsed.issues)}`);
            const webhook = webhookOf(parsed.output, parsed.output.condition, call.now);
            const { store } = call.core;
            const same = [...store.state.webhooks.values()].find(
                ({ idempotencyKey: key }) => key !== undefined && key === webhook.idempotencyKey,
            );
            if (!same) store.commit({ type: 'webhook.created', webhook });
            return dataReply(webhookView(same ?? webhook), 201);
        },
    },
    {
        operationId: 'webhook_get',
        method: 'GET',
        path: '/webhooks/:webhookId',
        handle: (call) => dataReply(webhookView(findWebhook(call))),
    },
    {
        operationId: 'webhook_delete',
        method: 'DELETE',
        path: '/webhooks/:webhookId',
        handle: (call) => {
            call.core.store.commit({ type: 'webhook.deleted', id: findWebhook(call).id });
            return emptyReply();
        },
    },
];

type WebhookInput = v.InferOutput<typeof AD_HOC_WEBHOOK>;

/**
 * Reads the `webhooks` of a start: base64 of a JSON array.
 *
 * @throws ApiError 400 when it is anything else.
 */
export function adHocWebhooks(call: Call): WebhookInput[] {
    const encoded = call.query.string('webhooks');
    if (encoded === undefined) return [];
    let json: unknown;
    try {
        json = JSON.parse(Buffer.from(encoded, 'base64').toString());
    } catch {
        throw invalidValue("Query parameter 'webhooks' must be the base64 of a JSON array.");
    }
    const parsed = v.safeParse(v.array(AD_HOC_WEBHOOK), json);
    if (!parsed.success)
        throw invalidValue(`Query parameter 'webhooks' holds no webhooks: ${v.summarize(parsed.issues)}`);
    return parsed.output;
}

/** Keeps the webhooks of a run that has been started. */
export function addWebhooks(call: Call, webhooks: WebhookInput[], actorRunId: string): void {
    for (const input of webhooks) {
        const webhook = webhookOf({ ...input, isAdHoc: true }, { actorRunId }, call.now);
        call.core.store.commit({ type: 'webhook.created', webhook });
    }
}

function findWebhook(call: Call): WebhookRecord {
    const webhook = call.core.store.state.webhooks.get(call.params.webhookId!);
    if (!webhook) throw recordNotFound(`Webhook '${call.params.webhookId}'`);
    return webhook;
}

function webhookOf(input: WebhookInput, condition: Record<string, unknown>, now: number): WebhookRecord {
    return {
        id: resourceId(),
        createdAt: now,
        eventTypes: input.eventTypes,
        condition,
        requestUrl: input.requestUrl,
        isAdHoc: input.isAdHoc ?? false,
        ignoreSslErrors: input.ignoreSslErrors ?? false,
        doNotRetry: input.doNotRetry ?? false,
        payloadTemplate: input.payloadTemplate ?? null,
        headersTemplate: input.headersTemplate ?? null,
        description: input.description ?? null,
        shouldInterpolateStrings: input.shouldInterpolateStrings ?? false,
        ...(typeof input.idempotencyKey === 'string' && { idempotencyKey: input.idempotencyKey }),
    };
}

function webhookView({ idempotencyKey: _kept, createdAt, ...webhook }: WebhookRecord): Record<string, unknown> {
    const time = new Date(createdAt).toISOString();
    return {
        ...webhook,
        userId: LOCAL_USER.id,
        createdAt: time,
        modifiedAt: time,
        lastDispatch: null,
        stats: { totalDispatches: 0 },
    };
}
