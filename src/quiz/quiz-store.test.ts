import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { startCourse, stageOf, type Course } from './course.js';
import { type Event, step } from './engine.js';
import { SECOND } from './fixtures/questions.js';
import { QuizStore } from './quiz-store.js';

const EVENTS: Event[] = [
    { type: 'recalled', text: 'dry' },
    { type: 'ticked', keyPoints: ['dry'] },
    { type: 'answered', answer: { kind: 'single', choice: 1 } },
    { type: 'answered', answer: { kind: 'number', value: 3 } },
    { type: 'placed', place: 0 },
    { type: 'placed', place: 1 },
    { type: 'answered', answer: { kind: 'predict', choice: 1 } },
    { type: 'ran', shown: null },
];

/** Two faces of the quiz on one record: a terminal and a browser. */
function faces(): [QuizStore, QuizStore] {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return [new QuizStore(() => {}, dir), new QuizStore(() => {}, dir)];
}

/** Plays events in one face. */
function play(store: QuizStore, course: Course, events: readonly Event[]): Course {
    return events.reduce((before, event) => {
        const after = step(SECOND, before, event);
        store.keep(SECOND, before, after);
        return after;
    }, course);
}

const start = startCourse(2, 7);

describe('two faces of the quiz on one record', () => {
    it('may take turns', () => {
        const [one, other] = faces();
        play(one, start, EVENTS.slice(0, 3));
        const over = play(other, other.read().courses[0]!, EVENTS.slice(3));

        expect(stageOf(SECOND, over).type).toBe('over');
    });

    it.each([1, 4, 8])('lose nothing where the other one went on by %i answers', (answers) => {
        const [one, other] = faces();
        const before = play(one, start, EVENTS.slice(0, 1));
        const after = play(other, other.read().courses[0]!, EVENTS.slice(1, answers + 1));
        if (stageOf(SECOND, after).type === 'over') other.finish(SECOND, after);
        const record = one.read();
        play(one, before, EVENTS.slice(1, 2));

        const now = one.read();
        expect(now.results).toEqual(record.results);
        for (const { answers: given } of record.courses) expect(now.courses[0]!.answers).toMatchObject(given);
    });
});
