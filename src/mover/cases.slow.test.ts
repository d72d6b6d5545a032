import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { compare, type CompareOptions } from './index.js';

const CASES = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');

/** Actors as people write them: what comes of each when it is struck. */
describe('an Actor that', () => {
    it.concurrent.each<[what: string, file: string, options: Omit<CompareOptions, 'actor'>, differences: string[]]>([
        ['pushes what it has gathered when it must go', 'flushes-when-told', { plan: 'migrate:call@8:after' }, []],
        [
            'keeps its progress on the disk',
            'local-file',
            { plan: 'crash:datasets.items.post@5:before' },
            ['4 rows too many in the dataset, pushed again after strike 1: {"n":0}, {"n":1}, {"n":2}.'],
        ],
        [
            'keeps its progress on the disk, which is kept',
            'local-file',
            { plan: 'crash:datasets.items.post@5:before', freshDisk: false },
            [],
        ],
    ])('%s', async (_, file, options, differences) => {
        const actor = { command: [process.execPath, `${file}.mjs`] as [string, string], cwd: CASES };

        expect(await compare({ actor, ...options })).toMatchObject({ differences, noise: [] });
    });
});
