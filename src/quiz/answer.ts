import * as v from 'valibot';

import type { Probe } from './question.js';

/** Place of a choice, item or group in its question's file, from 0. The screen shows them shuffled. */
const place = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What was answered to a probe. */
export const answerSchema = v.variant('kind', [
    v.strictObject({ kind: v.literal('single'), choice: place }),
    v.strictObject({ kind: v.literal('multiple'), choices: v.array(place) }),
    /** The items, in the order that they were put in. */
    v.strictObject({ kind: v.literal('order'), items: v.array(place) }),
    /** For each item its group. */
    v.strictObject({ kind: v.literal('match'), groups: v.array(place) }),
    v.strictObject({ kind: v.literal('number'), value: v.number() }),
    v.strictObject({ kind: v.literal('predict'), choice: place }),
]);

export type Answer = v.InferOutput<typeof answerSchema>;

/** Whether an answer can be one to this probe: a question may have changed since it was answered. */
export function fits(probe: Probe, answer: Answer): boolean {
    switch (probe.kind) {
        case 'single':
        case 'predict':
            return answer.kind === probe.kind && answer.choice < probe.choices.length;
        case 'multiple':
            return answer.kind === 'multiple' && areDistinctPlaces(answer.choices, probe.choices.length);
        case 'order':
            return (
                answer.kind === 'order' &&
                answer.items.length === probe.items.length &&
                areDistinctPlaces(answer.items, probe.items.length)
            );
        case 'match':
            return (
                answer.kind === 'match' &&
                answer.groups.length === probe.items.length &&
                answer.groups.every((group) => group < probe.groups.length)
            );
        case 'number':
            return answer.kind === 'number' && Number.isFinite(answer.value);
    }
}

/** Whether these are places below `count`, none of them twice. */
export function areDistinctPlaces(places: readonly number[], count: number): boolean {
    return new Set(places).size === places.length && places.every((one) => one < count);
}
