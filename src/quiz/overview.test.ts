import { describe, expect, it } from 'vitest';

import { type Overview, total } from './overview.js';

const question = { title: '', state: 'done', probes: 4, answered: 0, due: 0 } as const;

function textOf(overview: Partial<Overview>): string {
    const questions = [
        { ...question, number: 1, points: 2.5, of: 4 },
        { ...question, number: 2, points: 3, of: 6 },
    ];
    const blocks = total({ done: 2, left: 0, due: 0, nextDue: null, questions, ...overview });
    return blocks.map((block) => ('text' in block ? block.text : '')).join('\n');
}

describe('the end of the quiz', () => {
    it('adds up all questions, and says when it asks again', () => {
        const nextDue = '2026-03-01T12:10:00.000Z';

        expect(textOf({ nextDue })).toContain('5.5 of 10 points in all.');
        expect(textOf({ nextDue })).toContain(`is asked again from ${new Date(nextDue).toLocaleString()} on: `);
        expect(textOf({ due: 2, nextDue })).toContain('is asked again now: `npm run quiz -- --review`');
        expect(textOf({})).toContain('nothing will be asked again');
    });
});
