import { describe, expect, it } from 'vitest';

import { LESSONS } from '../course/lessons.js';
import { findMisshapenLessons } from './lessons.js';

function lesson(i: number): string {
    const { number } = LESSONS[i]!;
    const links = [
        ...(i > 0 ? [`Previous: [x](${LESSONS[i - 1]!.file})`] : []),
        ...(i + 1 < LESSONS.length ? [`Next: [x](${LESSONS[i + 1]!.file})`] : []),
    ];
    return `# ${number}. Title\n\n**Goal:** one.\n\n` + `---\n${links.join(' · ')}\n`;
}

const index = LESSONS.map(({ number, file }) => `| [${number}. Title](${file}) | 1 min | x |`).join('\n');

function check(change: (text: string) => string = (text) => text, indexText = index): string[] {
    const files = LESSONS.map(({ file }, i) => [`lessons/${file}`, i === 1 ? change(lesson(i)) : lesson(i)] as const);
    return findMisshapenLessons(new Map([...files, ['lessons/README.md', indexText]])).map(({ message }) => message);
}

describe('a lesson', () => {
    it('of the right shape passes', () => {
        expect(check()).toEqual([]);
    });

    it.each<[string, (text: string) => string, RegExp]>([
        ['without a goal', (text) => text.replace('**Goal:**', 'Goal:'), /Goal/],
        ['that leads back to the wrong one', (text) => text.replace('01-', '09-'), /lesson before/],
        ['that leads on to the wrong one', (text) => text.replace('03-', '09-'), /lesson after/],
    ])('%s is named', (_, change, message) => {
        expect(check(change).join('\n')).toMatch(message);
    });

    it('whose reading time in the index is wrong is named with the right one', () => {
        expect(check(undefined, index.replace('1 min', '2 min'))).toEqual([expect.stringContaining('| 1 min |')]);
    });

    it('that is not there is named', () => {
        expect(findMisshapenLessons(new Map()).length).toBe(LESSONS.length);
    });
});
