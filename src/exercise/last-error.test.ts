import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { lastError } from './last-error.js';

const DIR = resolve('somewhere', 'tracker');
const OWN = join(DIR, 'main.ts');

describe('the last error in a log', () => {
    it('is told with the place in the learner’s files where it was thrown', () => {
        const lines = [
            'Error: an earlier one',
            'TypeError: counts is undefined',
            '    at Object.increment (node:internal/x:1:2)',
            `    at AsinTracker.add (${pathToFileURL(OWN).href}:12:5)`,
            'more',
        ];

        expect(lastError(lines, DIR)).toEqual({
            message: 'TypeError: counts is undefined',
            place: 'somewhere/tracker/main.ts:12:5',
        });
    });

    it('is told without a place when it was thrown elsewhere', () => {
        const lines = ['ArgumentError: Expected a string', `    at run (${resolve('elsewhere.js')}:1:2)`];

        expect(lastError(lines, DIR)).toEqual({ message: 'ArgumentError: Expected a string' });
    });

    it('is found behind what a logger puts before it, without the details behind it', () => {
        const lines = [
            'ERROR Request failed and reached maximum retries. Error: no asin {"id":"x"}',
            `    at ${OWN}:3:4`,
        ];

        expect(lastError(lines, DIR)).toEqual({ message: 'Error: no asin', place: 'somewhere/tracker/main.ts:3:4' });
    });

    it('is none where no error stands', () => {
        expect(lastError(['INFO  all is well', 'no Errors'], DIR)).toBeUndefined();
    });
});
