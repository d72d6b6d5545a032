import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import type { StageResult } from '../exercise/judge.js';
import { STAGES } from '../exercise/stages.js';
import { resultText } from './check-result.js';

type Status = StageResult['status'];

/** What is said when the stages have come out so, beginning with the first. */
function said(...statuses: Status[]): string {
    const stages = statuses.map((status, i): StageResult => ({ ...STAGES[i]!, status, reports: [] }));
    return stripVTControlCharacters(resultText({ stages, wallMillis: 1_000 }, 100));
}

describe('the result of a check', () => {
    it('of an Actor that has passed all stages leads to its runs beside step 0, its diff and its map of states', () => {
        const text = said('passed', 'passed', 'passed', 'passed', 'passed', 'passed');

        expect([...text.matchAll(/npm run \S+( -- \S+)?/g)].map(([command]) => command)).toEqual([
            'npm run solution -- workspace',
            'npm run solution -- 0',
            'npm run diff',
            'npm run prove -- workspace',
        ]);
    });

    it('of some stages says no more than that they are passed', () => {
        expect(said('passed', 'passed').trim()).toBe('Passed.  1 s');
    });

    it('names the stages that a failure has left out, and how to try them', () => {
        expect(said('passed', 'failed', 'not tried')).toMatch(/Stage 3 was not tried.*--all/);
        expect(said('passed', 'not tried', 'failed', 'not tried')).toMatch(/Stages 2, 4 were not tried/);
        expect(said('passed', 'failed', 'failed')).not.toMatch(/not tried/);
    });
});
