import { expect, it } from 'vitest';

import { nearest } from './nearest.js';

it.each([
    [
        'dataset_item_post',
        ['dataset_items_post', 'dataset_items_get', 'datasets_post', 'run_get'],
        'dataset_items_post',
    ],
    ['DATASETS.POST', ['actors.post', 'datasets.post'], 'datasets.post'],
    ['', ['long name', 'ab'], 'ab'],
])('the name most like %s comes first', (name, names, first) => {
    expect(nearest(name, names)[0]).toBe(first);
});

it('no more names than asked for, and none twice', () => {
    expect(nearest('a', ['a', 'a', 'b', 'cc', 'ddd'], 2)).toEqual(['a', 'b']);
});
