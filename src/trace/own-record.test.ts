import { expect, it } from 'vitest';

import { isOwnRecord } from './own-record.js';

it.each([
    ['OUTPUT', true],
    ['ASIN_OFFERS', true],
    ['INPUT-2', true],
    ['sdk_state', true],
    ['INPUT', false],
    ['SDK_SESSION_POOL_STATE', false],
    ['SDK_CRAWLER_STATISTICS_0', false],
])('the record %s is one of the Actor’s own: %s', (key, isOwn) => {
    expect(isOwnRecord(key)).toBe(isOwn);
});
