import { describe, expect, it } from 'vitest';

import type { LessonState } from '../course/reading.js';
import { LESSONS } from '../course/lessons.js';
import { QUESTIONS } from '../course/questions.js';
import { SMALL_EXERCISES } from '../exercise/small/exercises.js';
import { menuOf, type Place, placeText } from './menu.js';

const SCRIPTS = {
    lesson: '',
    quiz: '',
    check: '',
    exercise: '',
    hint: '',
    prove: '',
    start: '',
    solution: '',
    move: '',
};
const SET_BY = LESSONS.find(({ hasExercise }) => hasExercise)!.number;

/** A learner who has read so many lessons, done what they set but the tracker, and passed so many of its stages. */
function place(read: number, stages: number, hasWorkspace = stages > 0): Place {
    const lessons = LESSONS.map((lesson): LessonState => {
        return { lesson, title: `${lesson.number}.`, goal: '', minutes: 1, isRead: lesson.number <= read };
    });
    const asked = lessons.flatMap(({ lesson, isRead }) => (isRead && lesson.question ? [lesson.question] : []));
    const done = Array.from({ length: stages }, (_, i) => i + 1);
    const quiz = { done: asked, of: QUESTIONS.length };
    const small = SMALL_EXERCISES.filter(({ lesson }) => lesson <= read).map(({ number }) => number);
    const smallOnes = { done: small, of: SMALL_EXERCISES.length };
    return { lessons, quiz, small: smallOnes, exercise: { done, of: 6 }, hasWorkspace };
}

const scripts = (at: Place): string[] => menuOf(at, SCRIPTS).map(({ script }) => script);

describe('what a learner can do', () => {
    it('begins with the first lesson', () => {
        expect(menuOf(place(0, 0), SCRIPTS)[0]).toMatchObject({ script: 'lesson', args: ['1'] });
    });

    it('leads to the question of a lesson that is read', () => {
        const at = { ...place(2, 0), quiz: { done: [], of: QUESTIONS.length } };

        expect(menuOf(at, SCRIPTS)[0]).toMatchObject({ script: 'quiz', args: ['--question', '2'] });
    });

    it('leads to the exercises of a lesson once it is read and its question answered', () => {
        const at = { ...place(3, 0), small: { done: [1], of: 8 } };

        expect(menuOf(at, SCRIPTS)[0]).toMatchObject({ script: 'exercise', args: ['2'] });
        expect(scripts({ ...at, quiz: { done: [2], of: QUESTIONS.length } })[0]).toBe('quiz');
        expect(scripts({ ...at, small: { done: [1, 2], of: 8 } })[0]).toBe('lesson');
    });

    it('leads to the tracker once the lesson that sets it is read, before the next one', () => {
        const next = menuOf(place(SET_BY, 0), SCRIPTS);

        expect(scripts(place(SET_BY - 1, 0))[0]).toBe('lesson');
        expect(next[0]).toMatchObject({ script: 'exercise', args: ['tracker'] });
        expect(next[1]).toMatchObject({ script: 'lesson' });
    });

    it('leads to the check and to hints while stages are left', () => {
        const entries = menuOf(place(SET_BY, 2), SCRIPTS);

        expect(entries[0]).toEqual({
            script: 'check',
            args: [],
            text: 'Check your own tracker (2 of 6 stages passed)',
        });
        expect(entries.map(({ script }) => script)).toContain('hint');
    });

    it('leads on, and offers the proof, when all stages are passed', () => {
        const entries = menuOf(place(SET_BY, 6), SCRIPTS);

        expect(entries[0]).toMatchObject({ script: 'lesson', args: [`${SET_BY + 1}`] });
        expect(entries).toContainEqual(expect.objectContaining({ script: 'prove', args: ['workspace'] }));
        expect(entries.map(({ script }) => script)).not.toContain('hint');
    });

    it('is also to take the mover along, at the end', () => {
        expect(menuOf(place(8, 6), SCRIPTS).at(-1)).toMatchObject({ script: 'move', args: ['--help'] });
    });

    it('is nothing that package.json has no script for', () => {
        expect(menuOf(place(0, 0), { lesson: '' }).map(({ script }) => script)).toEqual(['lesson']);
    });
});

it('where a learner is stands in one line', () => {
    expect(placeText(place(3, 2), SCRIPTS)).toBe(
        '3 of 9 lessons read, 2 of 5 questions answered, 2 of 8 small exercises passed, 2 of 6 stages of the tracker passed',
    );
});
