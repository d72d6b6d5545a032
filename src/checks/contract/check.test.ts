import { expect, test } from 'vitest';

import { problemsOf } from './check.js';
import { type Exchange, operationOf } from './exchange.js';

const USER = { data: { username: 'local', proxy: { password: 'x' } } };

function exchangeOf(change: Partial<Exchange> & { answer?: unknown } = {}): Exchange {
    const { answer = USER, ...rest } = change;
    return {
        method: 'GET',
        url: '/v2/users/me',
        operationId: 'users_me_get',
        requestHeaders: {},
        requestBody: Buffer.alloc(0),
        status: 200,
        responseHeaders: { 'content-type': 'application/json' },
        responseBody: Buffer.from(JSON.stringify(answer)),
        ...rest,
    };
}

const messages = (exchange: Exchange): string[] => problemsOf(exchange).map(({ message }) => message);

test('an exchange that is as it must be has no problems', () => {
    expect(messages(exchangeOf())).toEqual([]);
});

test.each<[what: string, change: Parameters<typeof exchangeOf>[0], message: RegExp]>([
    ['a field that is missing', { answer: { data: { username: 'local' } } }, /^data\.proxy: /],
    ['an answer outside of data', { answer: USER.data }, /^data: /],
    ['another status of success', { status: 201 }, /^Success is status 200\.$/],
    ['an error in another shape', { status: 404, answer: { message: 'gone' } }, /^error\.error: /],
    ['an operation that is not known', { operationId: undefined }, /no such operation/],
    ['an operation without a shape', { operationId: 'schedules_get' }, /no shape/],
    [
        'a header that is missing',
        { operationId: 'actor_runs_last_dataset_items_get' },
        /^Header x-apify-pagination-total is undefined/,
    ],
    [
        'a request that lacks a field',
        {
            operationId: 'actorRun_requestQueue_requests_post',
            status: 201,
            requestBody: Buffer.from('{"url":"http://x"}'),
            answer: { data: { requestId: 'a', wasAlreadyPresent: false, wasAlreadyHandled: false } },
        },
        /^request\.uniqueKey: /,
    ],
])('%s is a problem', (_what, change, message) => {
    expect(messages(exchangeOf(change))[0]).toMatch(message);
});

test.each([
    ['GET', '/v2/acts/local~a/runs/last?status=READY', 'actor_runs_last_get'],
    ['GET', '/v2/actors/a/runs/b', 'actors_run_get'],
    ['DELETE', '/v2/request-queues/q/requests/batch', 'requestQueue_requests_batch_delete'],
    ['DELETE', '/v2/request-queues/q/requests/b', 'requestQueue_request_delete'],
    ['HEAD', '/v2/users/me', 'users_me_get'],
    ['GET', '/v2/schedules', undefined],
])('%s %s is the operation %s', (method, url, operationId) => {
    expect(operationOf(method, url)).toBe(operationId);
});
