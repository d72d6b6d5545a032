import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { type Course, courseSchema, type CourseStage, stageOf, startCourse } from './course.js';
import { type Event, step } from './engine.js';
import { anyEvent } from './fixtures/events.js';
import { FIRST, probeOf, SECOND } from './fixtures/questions.js';
import { formOf } from './form.js';
import type { Question } from './question.js';
import { scoreOf } from './score.js';
import { layoutOf } from './shuffle.js';

/** The course after some events, from its start. */
const after = (question: Question, ...events: Event[]): Course =>
    events.reduce((course, event) => step(question, course, event), startCourse(question.number, 1));

const RECALLED: Event = { type: 'recalled', text: 'words' };
const TICKED: Event = { type: 'ticked', keyPoints: ['dry'] };
const HAZEL: Event = { type: 'answered', answer: { kind: 'single', choice: 1 } };
const THREE: Event = { type: 'answered', answer: { kind: 'number', value: 3 } };
const EATEN: Event[] = [0, 1].map((place) => ({ type: 'placed', place }));
const GUESSED: Event = { type: 'answered', answer: { kind: 'predict', choice: 1 } };

describe('a course waits for', () => {
    it.each<[string, Event[], string, string | undefined]>([
        ['recall first', [], 'recall', undefined],
        ['the key points next', [RECALLED], 'key points', undefined],
        ['them also when recall was skipped', [{ type: 'recalled', text: null }], 'key points', undefined],
        ['the first probe then', [RECALLED, TICKED], 'probe', 'which-is-one'],
        ['the next probe after each', [RECALLED, TICKED, HAZEL], 'probe', 'how-hard'],
        ['the pieces of an order', [RECALLED, TICKED, HAZEL, THREE], 'piece', 'how-it-is-eaten'],
        ['the guess', [RECALLED, TICKED, HAZEL, THREE, ...EATEN], 'probe', 'what-survives'],
        ['the run of it', [RECALLED, TICKED, HAZEL, THREE, ...EATEN, GUESSED], 'run', 'what-survives'],
        [
            'nothing more when it was run',
            [RECALLED, TICKED, HAZEL, THREE, ...EATEN, GUESSED, { type: 'ran', shown: 'exact' }],
            'over',
            undefined,
        ],
        [
            'nothing more when the run was skipped',
            [RECALLED, TICKED, HAZEL, THREE, ...EATEN, GUESSED, { type: 'ran', shown: null }],
            'over',
            undefined,
        ],
    ])('%s', (_, events, type, probe) => {
        const stage = stageOf(SECOND, after(SECOND, ...events));

        expect(stage.type).toBe(type);
        expect('probe' in stage ? stage.probe.id : undefined).toBe(probe);
    });
});

describe('an order and a match', () => {
    const orderOf = (course: Course): unknown => course.answers['how-it-is-eaten']?.answer;
    const before = [RECALLED, TICKED, HAZEL, THREE];

    it('are answered piece by piece, and the last item falls into its place', () => {
        const half = after(SECOND, ...before, { type: 'placed', place: 2 });

        expect(stageOf(SECOND, half)).toMatchObject({ type: 'piece', placed: [2] });
        expect(orderOf(half)).toBeUndefined();
        expect(orderOf(step(SECOND, half, { type: 'placed', place: 0 }))).toEqual({ kind: 'order', items: [2, 0, 1] });
    });

    it('can be started over', () => {
        const again = after(SECOND, ...before, { type: 'placed', place: 2 }, { type: 'placed', place: null });

        expect(stageOf(SECOND, again)).toMatchObject({ type: 'piece', placed: [] });
    });

    it('refuse an item that is placed already', () => {
        const half = after(SECOND, ...before, { type: 'placed', place: 2 });

        expect(() => step(SECOND, half, { type: 'placed', place: 2 })).toThrow(/can't come next/);
    });

    it('keep groups by the file’s order of items, whatever order they were shown in', () => {
        const probe = probeOf('match');
        const matchOnly: Question = { ...FIRST, probes: [probe] };
        for (let seed = 0; seed < 10; seed++) {
            const { order } = layoutOf(probe, seed);
            const right = order.map((item) => probe.groups.indexOf(probe.items[item]!.group));
            const course = right.reduce(
                (at, place) => step(matchOnly, at, { type: 'placed', place }),
                startCourse(1, seed, [probe.id]),
            );
            expect(course.answers[probe.id]).toEqual({ answer: { kind: 'match', groups: [0, 1, 0] }, credit: 1 });
        }
    });
});

describe('any course', () => {
    /** Plays a course with any events; tells each stage on the way. */
    const play = (
        seed: number,
        data: fc.GeneratorValue,
        visit: (course: Course, stage: CourseStage) => Course,
    ): Course => {
        let course = startCourse(1, seed);
        for (;;) {
            const stage = stageOf(FIRST, course);
            course = visit(course, stage);
            if (stage.type === 'over') return course;
            course = step(FIRST, course, data(anyEvent, FIRST, stage));
        }
    };

    it('ends, with every probe answered', () => {
        fc.assert(
            fc.property(fc.nat(), fc.gen(), (seed, data) => {
                const course = play(seed, data, (same) => same);
                const { points, of } = scoreOf(FIRST, course);
                expect(Object.keys(course.answers)).toHaveLength(FIRST.probes.length);
                expect(points).toBeLessThanOrEqual(of);
            }),
        );
    });

    it('asks the same with the same choices in the same order when it was put on disk and read back, anywhere', () => {
        fc.assert(
            fc.property(fc.nat(), fc.gen(), (seed, data) => {
                play(seed, data, (course, stage) => {
                    const read = v.parse(courseSchema, JSON.parse(JSON.stringify(course)));
                    expect(read).toEqual(course);
                    expect(stageOf(FIRST, read)).toEqual(stage);
                    const form = (of: Course): unknown => (stage.type === 'over' ? stage : formOf(FIRST, of, stage));
                    expect(form(read)).toEqual(form(course));
                    return read;
                });
            }),
        );
    });

    it('changes nothing of what was answered before', () => {
        fc.assert(
            fc.property(fc.nat(), fc.gen(), (seed, data) => {
                let before: Course | undefined;
                play(seed, data, (course) => {
                    const kept = Object.entries(before?.answers ?? {}).map(([id, { answer }]) => [id, answer]);
                    expect(kept.map(([id]) => [id, course.answers[id as string]!.answer])).toEqual(kept);
                    before = course;
                    return Object.freeze(course);
                });
            }),
        );
    });
});

describe('a question that has changed since', () => {
    const answered = after(SECOND, RECALLED, TICKED, HAZEL, THREE, { type: 'placed', place: 1 });

    it.each<[string, (question: Question) => Question, string]>([
        ['goes on where it lost an answered probe', (q) => ({ ...q, probes: q.probes.slice(1) }), 'how-it-is-eaten'],
        [
            'goes on where it lost the probe that is half answered',
            (q) => ({ ...q, probes: q.probes.toSpliced(2, 1) }),
            'what-survives',
        ],
        [
            'asks again what has another kind now',
            (q) => ({ ...q, probes: [{ ...probeOf('multiple'), id: 'which-is-one' }, ...q.probes.slice(1)] }),
            'which-is-one',
        ],
        [
            'asks again where the choice is gone',
            (q) => {
                const single = { ...probeOf('single'), choices: probeOf('single').choices.slice(0, 1) };
                return { ...q, probes: [{ ...single, id: 'which-is-one' }, ...q.probes.slice(1)] };
            },
            'which-is-one',
        ],
        ['asks what is new', (q) => ({ ...q, probes: [...q.probes.slice(0, 2), probeOf('multiple')] }), 'which-are'],
    ])('%s', (_, change, next) => {
        const changed = change(SECOND);

        expect(stageOf(changed, answered)).toMatchObject({ probe: { id: next } });
    });

    it('starts an order over where its item is gone', () => {
        const order = SECOND.probes[2] as Extract<Question['probes'][number], { kind: 'order' }>;
        const shorter = { ...order, items: order.items.slice(0, 1) };
        const changed = { ...SECOND, probes: SECOND.probes.with(2, shorter) };

        expect(stageOf(changed, answered)).toMatchObject({ type: 'piece', placed: [] });
    });

    it('is not fooled by an id that every object knows', () => {
        const odd: Question = { ...SECOND, probes: [{ ...SECOND.probes[0]!, id: 'constructor' }] };

        expect(stageOf(odd, answered)).toMatchObject({ type: 'probe' });
    });
});

it.each<[string, Event[], Event]>([
    ['an answer before recall', [], HAZEL],
    ['recall twice', [RECALLED], RECALLED],
    ['a piece where there are none', [RECALLED, TICKED], { type: 'placed', place: 0 }],
    ['a run without a guess', [RECALLED, TICKED], { type: 'ran', shown: null }],
])('%s is refused', (_, events, event) => {
    expect(() => after(SECOND, ...events, event)).toThrow(TypeError);
});

it('a score names what to read again, once each, and the question’s own lessons where a point was not recalled', () => {
    const course = after(SECOND, RECALLED, TICKED, { type: 'answered', answer: { kind: 'single', choice: 0 } }, THREE);

    expect(scoreOf(SECOND, course)).toEqual({
        points: 1,
        of: 4,
        keyPoints: 1,
        keyPointsOf: 3,
        readAgain: [
            'lessons/02-nuts.md#one',
            'lessons/02-nuts.md#order',
            'lessons/02-nuts.md#predict',
            'lessons/02-nuts.md',
        ],
    });
});
