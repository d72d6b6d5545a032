import { type Answer, fits } from './answer.js';
import type { Probe, ProbeOf } from './question.js';

/**
 * What an answer is worth, from 0 to 1. All rules stand here:
 *
 * - single choice, predict: 1 for the right choice, else 0
 * - number: 1 within the tolerance, else 0
 * - select all: the right ticks less the wrong ones, over the number of right choices; never below 0, so that ticking
 *   everything earns nothing extra
 * - order: of all pairs of items, those in the right order less those in the wrong order, over all pairs; never below
 *   0, so that a random order earns about nothing
 * - match: the share of items in their right group
 *
 * @throws TypeError when the answer is of another kind of probe, or names what the probe does not have.
 */
export function grade(probe: Probe, answer: Answer): number {
    if (!fits(probe, answer)) throw new TypeError(`No answer to the probe '${probe.id}': ${JSON.stringify(answer)}`);
    switch (answer.kind) {
        case 'single':
            return (probe as ProbeOf<'single'>).choices[answer.choice]!.correct ? 1 : 0;
        case 'predict': {
            const { choices, truth } = probe as ProbeOf<'predict'>;
            return choices[answer.choice]!.tracker === truth ? 1 : 0;
        }
        case 'number':
            return isNear(probe as ProbeOf<'number'>, answer.value) ? 1 : 0;
        case 'multiple':
            return gradeMultiple(probe as ProbeOf<'multiple'>, answer.choices);
        case 'order':
            return gradeOrder(answer.items);
        case 'match':
            return gradeMatch(probe as ProbeOf<'match'>, answer.groups);
    }
}

/** Binary fractions must not decide: 0.3 is within 0.1 of 0.2. */
function isNear({ answer, tolerance }: ProbeOf<'number'>, value: number): boolean {
    return Math.abs(value - answer) <= tolerance + 1e-9 * Math.max(Math.abs(answer), 1);
}

function gradeMultiple({ choices }: ProbeOf<'multiple'>, ticked: readonly number[]): number {
    const right = ticked.filter((place) => choices[place]!.correct).length;
    const wrong = ticked.length - right;
    return Math.max(0, right - wrong) / choices.filter(({ correct }) => correct).length;
}

function gradeOrder(items: readonly number[]): number {
    const pairs = (items.length * (items.length - 1)) / 2;
    const inOrder = items.reduce(
        (sum, item, at) => sum + items.slice(at + 1).filter((later) => later > item).length,
        0,
    );
    return Math.max(0, 2 * inOrder - pairs) / pairs;
}

function gradeMatch({ items, groups }: ProbeOf<'match'>, given: readonly number[]): number {
    return items.filter(({ group }, at) => groups[given[at]!] === group).length / items.length;
}
