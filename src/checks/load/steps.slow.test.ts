import { expect, test } from 'vitest';

import { measureSteps } from './steps.js';

test('the demo Actor is measured on files and on a platform, and told as it comes', async () => {
    const told: string[] = [];
    const figures = await measureSteps({ products: [2], rounds: 1 }, ({ name }) => told.push(name));

    expect(figures.map(({ name }) => name)).toEqual(told);
    expect(told).toEqual([
        'step 2 on files',
        'step 2 on the platform',
        'step 5 on the platform',
        'step 2, the platform beside files',
        'step 5 beside step 2',
        'step 5 beside step 2, API calls',
    ]);
    expect(figures.every(({ size, value }) => size === 2 && value > 0)).toBe(true);
});
