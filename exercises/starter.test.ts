import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { STARTER } from '../src/exercise/workspace.js';
import { projectRoot } from '../src/base/paths.js';

const methodsIn = (text: string): string[] =>
    [...text.matchAll(/^ {4}(?:async )?(\w+)\(.*\{$/gm)].map(([, name]) => name!);

describe('the starter of the exercise', () => {
    const read = (...path: string[]): string => readFileSync(join(projectRoot, ...path), 'utf8');
    const tracker = readFileSync(join(STARTER, 'asin-tracker.ts'), 'utf8');

    it.each(['main.ts', 'routes.ts'])('has the %s of step 0', (file) => {
        expect(readFileSync(join(STARTER, file), 'utf8')).toBe(read('solutions', '0-before', file));
    });

    it('has a method for each that main.ts and routes.ts call', () => {
        const calls = ['main.ts', 'routes.ts'].flatMap((file) => [
            ...readFileSync(join(STARTER, file), 'utf8').matchAll(/\btracker\.(\w+)\(/g),
        ]);

        expect(methodsIn(tracker)).toEqual(expect.arrayContaining(calls.map(([, name]) => name)));
    });

    it('names the task in an error of each method', () => {
        const errors = [...tracker.matchAll(/Your task: write AsinTracker\.(\w+)\(\)/g)].map(([, name]) => name);

        expect(errors).toEqual(methodsIn(tracker));
        expect(errors).toHaveLength(4);
    });
});
