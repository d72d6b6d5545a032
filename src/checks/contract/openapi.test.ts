import { expect, test } from 'vitest';

import type { Exchange } from './exchange.js';
import { OpenApi } from './openapi.js';

/** As small as a description can be that has what the real one has: references, parameters and 3.1 types. */
const DESCRIPTION = {
    openapi: '3.1.2',
    paths: {
        '/v2/webhooks': {
            post: {
                operationId: 'webhooks_post',
                parameters: [{ $ref: '#/components/parameters/dry' }],
                requestBody: {
                    content: { 'application/json': { schema: { type: 'object', required: ['requestUrl'] } } },
                },
                responses: { '201': { $ref: '#/components/responses/Webhook' } },
            },
        },
        '/v2/webhooks/{webhookId}': { put: { operationId: 'webhook_put', responses: {} } },
        '/v2/actors/{actorId}': { patch: { operationId: 'actor_patch', responses: {} } },
    },
    components: {
        parameters: { dry: { name: 'dry', in: 'query' } },
        responses: {
            Webhook: {
                content: {
                    'application/json': { schema: { properties: { data: { $ref: '#/components/schemas/Webhook' } } } },
                },
            },
        },
        schemas: {
            Webhook: {
                type: 'object',
                required: ['createdAt'],
                properties: {
                    createdAt: { type: 'string', format: 'date-time' },
                    payloadTemplate: { type: ['string', 'null'] },
                    kind: { type: 'string', enum: ['RUN', 'BUILD'] },
                },
            },
        },
    },
};

const headers = { 'content-type': 'application/json; charset=utf-8' };
const WEBHOOK = { createdAt: '2025-01-01T00:00:00.000Z', payloadTemplate: null, kind: 'RUN' };

function messages(change: Partial<Exchange> & { data?: unknown } = {}): string[] {
    const { data = WEBHOOK, ...rest } = change;
    const exchange: Exchange = {
        method: 'POST',
        url: '/v2/webhooks?dry=1',
        operationId: 'webhooks_post',
        requestHeaders: headers,
        requestBody: Buffer.from('{"requestUrl":"http://x"}'),
        status: 201,
        responseHeaders: headers,
        responseBody: Buffer.from(JSON.stringify({ data })),
        ...rest,
    };
    return new OpenApi(DESCRIPTION).problemsOf(exchange).map(({ message }) => message);
}

test('an exchange as it is described has no problems', () => {
    expect(messages()).toEqual([]);
});

test.each<[what: string, change: Parameters<typeof messages>[0], message: string]>([
    ['a missing field', { data: {} }, "answer.data must have required property 'createdAt'"],
    [
        'a field of another type',
        { data: { ...WEBHOOK, payloadTemplate: 1 } },
        'answer.data.payloadTemplate must be string,null',
    ],
    [
        'a time in another form',
        { data: { ...WEBHOOK, createdAt: 'now' } },
        'answer.data.createdAt must match format "date-time"',
    ],
    [
        'a value that is not in the list',
        { data: { ...WEBHOOK, kind: 'X' } },
        'answer.data.kind must be equal to one of the allowed values (RUN,BUILD)',
    ],
    [
        'a request without a field',
        { requestBody: Buffer.from('{}') },
        "request must have required property 'requestUrl'",
    ],
    ['a status', { status: 200 }, 'Described are the statuses 201.'],
    ['a query parameter', { url: '/v2/webhooks?wet=1' }, "The query's 'wet' is not described."],
    ['an operation', { operationId: 'users_me_get' }, 'The description has no such operation.'],
])('%s that is not described is a problem', (_what, change, message) => {
    expect(messages(change)).toEqual([message]);
});

test('operations that the description lacks, or that get 405 here, are named', () => {
    const differences = new OpenApi(DESCRIPTION).differences();
    expect(differences).toContain('The description has 3 operations, not 231.');
    expect(differences).toContain('The description has no users_me_get.');
    expect(differences).toContain('actor_patch gets 405 here, as if Apify did not have it.');
    expect(differences.filter((difference) => difference.includes('webhook'))).not.toContain(
        'The description has no webhooks_post.',
    );
});

test.each([{}, { openapi: '2.0', paths: {} }])('%j is no description', (document) => {
    expect(() => new OpenApi(document)).toThrow('It is no OpenAPI 3.1 description.');
});
