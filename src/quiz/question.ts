import * as v from 'valibot';

import type { Fault } from '../faults/fault-plan.js';
import { expectedOf } from '../trial/expected.js';
import type { TrackerStatus } from '../trial/verdict.js';

/** A text that a person reads: trimmed, and not empty. Backticks mark code, blank lines part paragraphs. */
const prose = v.pipe(v.string(), v.trim(), v.nonEmpty());
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower case, with hyphens'));

/** Where a lesson teaches it: `lessons/03-hearing-it-coming.md#how-much-time-is-left`. */
const lessonLink = v.pipe(v.string(), v.regex(/^lessons\/[\w-]+\.md(?:#[\w-]+)?$/));

/** Of something outside the course. */
const url = v.pipe(v.string(), v.url(), v.startsWith('https://'));

/** One thing that may be chosen, and what is told when it was, or when it should have been. */
const choice = v.strictObject({ text: prose, why: prose, correct: v.optional(v.literal(true)) });

const common = {
    /** Unique within the question; answers are kept under it, so it must not change. */
    id,
    ask: prose,
    /** Where to read again when it went wrong. */
    lesson: lessonLink,
};

const single = v.strictObject({
    kind: v.literal('single'),
    ...common,
    choices: v.pipe(
        v.array(choice),
        v.minLength(3),
        v.maxLength(6),
        v.check((choices) => choices.filter(({ correct }) => correct).length === 1, 'needs one correct choice'),
    ),
});

const multiple = v.strictObject({
    kind: v.literal('multiple'),
    ...common,
    choices: v.pipe(
        v.array(choice),
        v.minLength(4),
        v.maxLength(8),
        v.check((choices) => choices.some(({ correct }) => correct), 'needs a correct choice'),
        v.check((choices) => choices.some(({ correct }) => !correct), 'needs a wrong choice'),
    ),
});

/** No two of `values` are the same. */
const areDistinct = (values: string[]): boolean => new Set(values).size === values.length;

const order = v.strictObject({
    kind: v.literal('order'),
    ...common,
    /** In the right order; the quiz shuffles them. `why` says why the item stands where it does. */
    items: v.pipe(v.array(v.strictObject({ text: prose, why: prose })), v.minLength(3), v.maxLength(7)),
});

const match = v.pipe(
    v.strictObject({
        kind: v.literal('match'),
        ...common,
        groups: v.pipe(v.array(prose), v.minLength(2), v.maxLength(4), v.check(areDistinct, 'names a group twice')),
        items: v.pipe(
            v.array(v.strictObject({ text: prose, group: prose, why: prose })),
            v.minLength(3),
            v.maxLength(8),
        ),
    }),
    v.forward(
        v.check(
            ({ groups, items }) => items.every(({ group }) => groups.includes(group)),
            'names a group that is none',
        ),
        ['items'],
    ),
    v.forward(
        v.check(
            ({ groups, items }) => groups.every((group) => items.some((item) => item.group === group)),
            'names a group to which nothing belongs',
        ),
        ['groups'],
    ),
);

const number = v.strictObject({
    kind: v.literal('number'),
    ...common,
    answer: v.number(),
    /** How far off an answer may be and still count as right, in the same unit. */
    tolerance: v.pipe(v.number(), v.minValue(0)),
    unit: prose,
    why: prose,
});

/** What a trial's verdict can say of the tracker. */
export const trackerSchema = v.picklist([
    'exact',
    'under-counted',
    'over-counted',
    'miscounted',
    'lost',
] satisfies TrackerStatus[]);

/** What may strike a step in a prediction. */
const faultSchema = v.picklist(['none', 'migrate', 'crash', 'abort', 'restart'] satisfies (Fault | 'none')[]);

/**
 * Guess what a trial shows, then have it run. The right choice is the one whose `tracker` the course's table of verdicts
 * has for it: the schema adds that as `truth`.
 */
const predict = v.pipe(
    v.strictObject({
        kind: v.literal('predict'),
        ...common,
        step: v.pipe(v.number(), v.integer(), v.minValue(0)),
        fault: faultSchema,
        /** False: the platform ignores the reboot that the SDK asks for. */
        reboot: v.optional(v.boolean(), true),
        choices: v.pipe(
            v.array(v.strictObject({ tracker: trackerSchema, text: prose, why: prose })),
            v.minLength(3),
            v.maxLength(5),
            v.check((choices) => areDistinct(choices.map(({ tracker }) => tracker)), 'offers a verdict twice'),
        ),
    }),
    v.forward(
        v.check((trial) => expectedOf(trial) !== undefined, 'is no step of the table in src/trial/expected.ts'),
        ['step'],
    ),
    v.transform((probe) => ({ ...probe, truth: expectedOf(probe)![0] })),
    v.forward(
        v.check(
            ({ truth, choices }) => choices.some(({ tracker }) => tracker === truth),
            'does not offer what is true',
        ),
        ['choices'],
    ),
);

const probeSchema = v.variant('kind', [single, multiple, order, match, number, predict]);

/** A question of the knowledge check, as its YAML file in `quiz/` holds it. */
export const questionSchema = v.strictObject({
    number: v.pipe(v.number(), v.integer(), v.minValue(1)),
    title: prose,
    /** The open question. */
    question: prose,
    /** The version that the facts are about, where it matters: `apify 3.7.2`. */
    version: v.optional(prose),
    /** An answer to measure oneself against. */
    answer: prose,
    /** What a good answer has in it, each with its why. */
    keyPoints: v.pipe(
        v.array(v.strictObject({ id, point: prose, why: prose })),
        v.minLength(3),
        v.maxLength(6),
        v.check((points) => areDistinct(points.map((point) => point.id)), 'uses an id twice'),
    ),
    /** Where lessons teach it. */
    lessons: v.pipe(v.array(lessonLink), v.minLength(1)),
    sources: v.pipe(v.array(v.strictObject({ title: prose, url })), v.minLength(1)),
    probes: v.pipe(
        v.array(probeSchema),
        v.minLength(4),
        v.check((probes) => areDistinct(probes.map((probe) => probe.id)), 'uses an id twice'),
    ),
});

export type Question = v.InferOutput<typeof questionSchema>;
export type Probe = v.InferOutput<typeof probeSchema>;
export type Tracker = v.InferOutput<typeof trackerSchema>;
export type ProbeOf<Kind extends Probe['kind']> = Extract<Probe, { kind: Kind }>;
