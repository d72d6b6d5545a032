import { describe, expect, it } from 'vitest';

import { UsageError } from '../../base/usage-error.js';
import { findExercise, SMALL_EXERCISES, TRACKER } from './exercises.js';
import { nextExercise, withoutExercise, withPassed } from './small-progress.js';

const folders = SMALL_EXERCISES.map(({ folder }) => folder);

describe('the next exercise', () => {
    it.each([
        ['the first one, at the beginning', [], 0, 1],
        ['the first that is not passed', [1, 2, 4], 0, 3],
        ['the one after a given one, when that is passed', [2], 2, 3],
        ['one that was left out, when none comes after', [1, 3, 4, 5, 6, 7, 8], 8, 2],
        ['none, when all are passed', [1, 2, 3, 4, 5, 6, 7, 8], 8, undefined],
    ])('is %s', (_, numbers, after, next) => {
        const passed = numbers.map((number) => folders[number - 1]!);

        expect(nextExercise({ passed }, after)?.number).toBe(next);
    });
});

describe('progress', () => {
    const [first, second] = SMALL_EXERCISES;

    it('holds each exercise that was passed once', () => {
        const once = withPassed({ passed: [], hints: {} }, first!);

        expect(withPassed(once, first!)).toEqual({ passed: [first!.folder], hints: {} });
    });

    it('forgets of an exercise that is begun anew that it was passed, and its hints', () => {
        const before = {
            passed: [first!.folder, second!.folder],
            hints: { [first!.folder]: 3, [second!.folder]: 1 },
        };

        expect(withoutExercise(before, first!)).toEqual({
            passed: [second!.folder],
            hints: { [second!.folder]: 1 },
        });
    });
});

describe('an exercise', () => {
    it('is found by its number and by its folder, and the tracker by its name, too', () => {
        expect(findExercise('3')).toBe(SMALL_EXERCISES[2]);
        expect(findExercise(folders[4]!)).toBe(SMALL_EXERCISES[4]);
        expect([findExercise('tracker'), findExercise('9')]).toEqual([TRACKER, TRACKER]);
    });

    it.each(['', '0', '10', '1.0', 'listen'])('is not found as %j', (wanted) => {
        expect(() => findExercise(wanted)).toThrow(UsageError);
    });

    it('has the number of its place, in its folder’s name, too', () => {
        expect(SMALL_EXERCISES.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        expect(folders.map((folder) => Number(folder.slice(0, 2)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
});
