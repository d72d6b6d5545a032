import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { compare, type CompareOptions } from './index.js';

const CASES = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');

/** Actors as people write them: what comes of each when it is struck. */
describe('an Actor that', () => {
    it.concurrent.each<[what: string, file: string, options: Omit<CompareOptions, 'actor'>, differences: string[]]>([
        ['pushes what it has gathered when it must go', 'flushes-when-told', { plan: 'migrate:call@8:after' }, []],
    ])('%s', async (_, file, options, differences) => {
        const actor = { command: [process.execPath, join(CASES, `${file}.mjs`)] as [string, string] };

        expect(await compare({ actor, ...options })).toMatchObject({ differences, noise: [] });
    });
});
