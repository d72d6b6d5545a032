import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Answer } from './answer.js';
import { anyAnswer } from './fixtures/events.js';
import { FIRST, probeOf } from './fixtures/questions.js';
import { grade } from './grade.js';
import type { Probe } from './question.js';

describe('an answer earns', () => {
    it.each<[string, Answer, number]>([
        ['all for the right choice', { kind: 'single', choice: 0 }, 1],
        ['nothing for a wrong one', { kind: 'single', choice: 1 }, 0],
        ['all for all right ticks, in any order', { kind: 'multiple', choices: [3, 0, 1] }, 1],
        ['a part for some of the right ticks', { kind: 'multiple', choices: [0, 1] }, 2 / 3],
        ['less for each wrong tick', { kind: 'multiple', choices: [0, 1, 2] }, 1 / 3],
        ['no more for ticking everything', { kind: 'multiple', choices: [0, 1, 2, 3, 4] }, 1 / 3],
        ['nothing for wrong ticks alone', { kind: 'multiple', choices: [2, 4] }, 0],
        ['nothing for no tick', { kind: 'multiple', choices: [] }, 0],
        ['all for the right order', { kind: 'order', items: [0, 1, 2, 3] }, 1],
        ['most of it where two neighbours are swapped', { kind: 'order', items: [1, 0, 2, 3] }, 4 / 6],
        ['nothing where as much is wrong as right', { kind: 'order', items: [3, 0, 1, 2] }, 0],
        ['nothing for the reverse order', { kind: 'order', items: [3, 2, 1, 0] }, 0],
        ['all where every item is in its group', { kind: 'match', groups: [0, 1, 0] }, 1],
        ['the share of items in their group', { kind: 'match', groups: [0, 0, 0] }, 2 / 3],
        ['nothing where every item is in a wrong group', { kind: 'match', groups: [1, 0, 1] }, 0],
        ['all for the right number', { kind: 'number', value: 8 }, 1],
        ['all at the edge of the tolerance', { kind: 'number', value: 10 }, 1],
        ['nothing beyond it', { kind: 'number', value: 10.01 }, 0],
        ['all for the right prediction', { kind: 'predict', choice: 0 }, 1],
        ['nothing for a wrong one', { kind: 'predict', choice: 2 }, 0],
    ])('%s: %o', (_, answer, credit) => {
        expect(grade(probeOf(answer.kind), answer)).toBeCloseTo(credit);
    });

    it('all within a tolerance that binary fractions miss by a hair', () => {
        const probe = { ...probeOf('number'), answer: 0.2, tolerance: 0.1 };

        expect(grade(probe, { kind: 'number', value: 0.1 + 0.2 })).toBe(1);
    });
});

it.each(FIRST.probes.map((probe) => [probe.kind, probe]))('any answer to %s earns from 0 to 1', (_, probe) => {
    fc.assert(
        fc.property(anyAnswer(probe), (answer) => {
            const credit = grade(probe, answer);
            expect(credit).toBeGreaterThanOrEqual(0);
            expect(credit).toBeLessThanOrEqual(1);
        }),
    );
});

it.each<[string, Probe['kind'], Answer]>([
    ['of another kind', 'single', { kind: 'predict', choice: 0 }],
    ['with a choice that is not there', 'single', { kind: 'single', choice: 3 }],
    ['with a choice ticked twice', 'multiple', { kind: 'multiple', choices: [0, 0] }],
    ['with an item missing', 'order', { kind: 'order', items: [0, 1, 2] }],
    ['with a group that is not there', 'match', { kind: 'match', groups: [0, 1, 2] }],
    ['with a number that is none', 'number', { kind: 'number', value: Number.NaN }],
])('an answer %s is refused', (_, kind, answer) => {
    expect(() => grade(probeOf(kind), answer)).toThrow(/No answer to the probe/);
});
