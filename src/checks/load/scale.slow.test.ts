import { expect, test } from 'vitest';

import { measureScale } from './scale.js';

test('what a small platform does is measured, and told as it comes', async () => {
    const told: string[] = [];
    const size = { sizes: [1_000], comparedRows: 1_500 };
    const figures = await measureScale(size, ({ name }) => told.push(name));
    expect(figures.map(({ name }) => name)).toEqual(told);
    expect(told).toEqual([
        'journal',
        'to open it',
        'to open it from its snapshot',
        'memory',
        'a page of rows',
        'the head, half of the queue locked',
        'head/lock',
        'all rows as json',
        'longest wait of other calls meanwhile, json',
        'all rows as csv',
        'longest wait of other calls meanwhile, csv',
        'memory after that',
        'a page of keys, after a put',
        'three runs, and to compare them',
    ]);
    expect(figures.every(({ value }) => value > 0)).toBe(true);
}, 120_000);
