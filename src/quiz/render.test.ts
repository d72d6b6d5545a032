import { stripVTControlCharacters } from 'node:util';

import chalk from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';

import { aside, type Block, text, title } from './block.js';
import { briefing } from './briefing.js';
import { startCourse, stageOf } from './course.js';
import { step } from './engine.js';
import { closing, feedback } from './feedback.js';
import { FIRST, probeOf } from './fixtures/questions.js';
import { render } from './render.js';

const { level } = chalk;

afterEach(() => {
    chalk.level = level;
});

const item: Block = { type: 'item', sign: 'right', text: 'It `holds` seeds', note: 'your answer', why: 'They grow.' };

describe('blocks', () => {
    it('show signs for the eye', () => {
        chalk.level = 0;
        expect(
            render([item, { type: 'verdict', sign: 'wrong', text: 'Not right.' }], { width: 60, words: false }),
        ).toBe('✔ It `holds` seeds (your answer)\n    They grow.\n✘ Not right.\n');
    });

    it('show words for the ear', () => {
        chalk.level = 0;
        expect(render([item, { type: 'verdict', sign: 'wrong', text: 'Not right.' }], { width: 60, words: true })).toBe(
            'Correct: It `holds` seeds (your answer)\n    They grow.\nNot right.\n',
        );
    });

    it('lose nothing without their colours', () => {
        const blocks = [title('A'), text('B `c`'), aside('D'), item];
        chalk.level = 1;
        const coloured = render(blocks, { width: 60, words: false });
        chalk.level = 0;

        expect(coloured).toContain('\u001b[');
        expect(stripVTControlCharacters(coloured)).toBe(render(blocks, { width: 60, words: false }));
    });

    it('part paragraphs at blank lines only', () => {
        chalk.level = 0;
        expect(render([text('one\ntwo\n\nthree\n')], { width: 60, words: false })).toBe('one two\n\nthree\n');
    });
});

describe.each([20, 40, 60, 100, 200])('at %i columns', (width) => {
    it.each([false, true])(
        'all that a question tells stays within them, and breaks between words (words: %s)',
        (words) => {
            chalk.level = 0;
            let course = startCourse(1, 2);
            let shown = render(briefing(FIRST, course, stageOf(FIRST, course)), { width, words });
            for (const event of [
                { type: 'recalled', text: 'long '.repeat(40) },
                { type: 'ticked', keyPoints: ['seeds'] },
                { type: 'answered', answer: { kind: 'single', choice: 1 } },
                { type: 'answered', answer: { kind: 'multiple', choices: [4] } },
            ] as const) {
                const stage = stageOf(FIRST, course);
                course = step(FIRST, course, event as Parameters<typeof step>[2]);
                const next = briefing(FIRST, course, stageOf(FIRST, course));
                shown += render([...feedback(FIRST, stage, course), ...next], { width, words });
            }
            shown += render(closing(FIRST, course), { width, words });

            expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
            const told = shown.replaceAll(/\s+/g, ' ');
            const [single, multiple] = [probeOf('single'), probeOf('multiple')];
            const texts = [single, multiple].flatMap((probe) =>
                probe.choices.flatMap(({ text: said, why }) => [said, why]),
            );
            // A word that is wider than the terminal has to be broken, so narrow ones are not asked for their texts.
            const wholes = width >= 40 ? [FIRST.answer, single.ask, ...texts] : [];
            for (const whole of wholes) expect(told).toContain(whole.replaceAll(/\s+/g, ' '));
        },
    );
});
