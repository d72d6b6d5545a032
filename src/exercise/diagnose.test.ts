import { describe, expect, it } from 'vitest';

import { fill, readAdvice } from './content.js';
import type { Counts } from '../trace/counts.js';
import { diagnoseObject, diagnoseRows, diagnoseRun, diagnoseUndisturbed } from './diagnose.js';
import type { Finding } from './finding.js';
import { LIMITS } from './guard.js';
import type { TrialOutcome } from './trial-outcome.js';
import { judgeRhythm } from './rhythm.js';
import type { TrialId } from './stages.js';
import type { RecordUse } from './witness.js';

const TRUTH: Counts = { B000000001: 3, B000000002: 7, B000000003: 0, B000000004: 5 };

interface Seen {
    id?: TrialId;
    ended?: TrialOutcome['ended'];
    status?: string;
    exitCode?: number;
    lines?: string[];
    /** Pages fetched, of ten. */
    done?: number;
    exitsWhileMigrating?: number;
    counts?: Counts;
    records?: RecordUse[];
    leftOnDisk?: string[];
    pushes?: number;
    asins?: { over?: number; under?: number; missing?: number };
    duplicates?: number;
}

/** A trial of two processes that ended well, but for what is said. */
function outcome(seen: Seen): TrialOutcome {
    const { id = 'migrate', status = 'SUCCEEDED', done = 10, lines = [], records = [], pushes = 4 } = seen;
    const asins = { exact: 0, over: 0, under: 0, missing: 0, ...seen.asins };
    const verdict = {
        ended: status,
        tracker: { asins },
        dataset: { duplicates: seen.duplicates ?? 0 },
        pages: { requested: done, again: 0 },
    };
    const run = { status, exitCode: seen.exitCode ?? 0, incarnation: 2 };
    const { leftOnDisk = [] } = seen;
    return {
        id,
        ended: seen.ended,
        limits: LIMITS,
        dir: '/tracker',
        result: { verdict, run, truth: TRUTH, counts: seen.counts, pagesExpected: 10, leftOnDisk },
        witness: {
            lines,
            records,
            pushes,
            pagesRequested: done,
            exitsWhileMigrating: seen.exitsWhileMigrating ?? 0,
        },
    } as unknown as TrialOutcome;
}

const write = (incarnation: number, asins?: number): RecordUse => ({
    use: 'write',
    incarnation,
    key: 'STATE',
    ...(asins !== undefined && { asins }),
});
const read = (incarnation: number): RecordUse => ({ use: 'read', incarnation, key: 'STATE' });
const LAST_WORD: RecordUse = { ...write(1, 0), isLeaving: true };

const RUNS: [advice: string, Seen][] = [
    ['fails', { status: 'FAILED', exitCode: 1, lines: ['TypeError: counts is undefined'] }],
    ['not-written', { status: 'FAILED', exitCode: 1, lines: ['Error: Your task: write AsinTracker.start().'] }],
    [
        'not-written',
        { lines: ['ERROR reached maximum retries. Error: Your task: write AsinTracker.add(). {"id":"x"}'] },
    ],
    ['unsettled', { status: 'FAILED', exitCode: 13, done: 3 }],
    ['memory', { ended: 'memory' }],
    ['memory', { status: 'FAILED', lines: ['FATAL ERROR: Reached heap limit Allocation failed'] }],
    ['floods', { ended: 'log', lines: ['again'] }],
    ['hangs', { ended: 'stalled', done: 9 }],
    ['takes-long', { ended: 'time' }],
    ['never-exits', { ended: 'stalled' }],
    ['ended', { status: 'TIMED-OUT' }],
    ['handler-fails', { lines: ['ERROR Request failed and reached maximum retries. Error: no asin'] }],
    ['exits-early', { done: 9 }],
    ['exits-while-migrating', { exitsWhileMigrating: 1, done: 5 }],
];

const EARLIER: Counts = { B00000000X: 1 };

const UNDISTURBED: [advice: string, Seen][] = [
    ['no-object', {}],
    ['other-run', { counts: { ...TRUTH, ...EARLIER } }],
    ['unknown-asins', { counts: { ...TRUTH, B00000000Y: 1 } }],
    ['starts-at-zero', { counts: { B000000001: 2, B000000002: 6, B000000003: 0, B000000004: 4 } }],
    ['counts-appearances', { counts: { B000000001: 1, B000000002: 2, B000000003: 1, B000000004: 1 } }],
    ['counts-too-many', { counts: { ...TRUTH, B000000002: 14 }, asins: { over: 1 } }],
    ['counts-too-few', { counts: { B000000001: 3, B000000002: 7, B000000004: 5 }, asins: { missing: 1 } }],
];

const OBJECTS: [advice: string, Seen][] = [
    ['counted-again', { asins: { over: 1 } }],
    ['never-saved', {}],
    ['never-saved', { records: [write(1), write(1, 0), read(2)] }],
    ['never-saved-crash', { id: 'crash after push' }],
    ['local-file', { leftOnDisk: ['state.json'] }],
    ['never-read', { records: [write(1, 3)], asins: { missing: 1 } }],
    ['never-read', { records: [write(1, 3), write(2, 0)], asins: { missing: 1 } }],
    ['overwritten', { records: [write(1, 3), write(2, 0), read(2)], asins: { missing: 1 } }],
    ['overwritten', { records: [LAST_WORD, write(2, 0), read(2)], asins: { missing: 1 } }],
    ['saved-too-early', { records: [write(1, 3), read(2), write(2, 3)], asins: { missing: 1 } }],
    ['saved-too-early', { records: [LAST_WORD, read(2)], asins: { missing: 1 } }],
    ['crash-between-saves', { id: 'crash after push', records: [write(1, 3), read(2)], asins: { under: 1 } }],
];

const ROWS: [advice: string, Seen][] = [
    ['rows-missing', {}],
    ['rows-again', { duplicates: 3 }],
    ['pushes-one-by-one', { duplicates: 3, pushes: 15 }],
];

describe('what a trial has shown is called', () => {
    it.each(RUNS)('%s, of how the run ended: %j', (advice, seen) => {
        expect(diagnoseRun(outcome(seen))?.advice).toBe(advice);
    });

    it('nothing, of a run that came to its end', () => {
        expect(diagnoseRun(outcome({}))).toBeUndefined();
    });

    it.each(UNDISTURBED)('%s, of an undisturbed run: %j', (advice, seen) => {
        expect(diagnoseUndisturbed(outcome(seen), EARLIER).advice).toBe(advice);
    });

    it.each(OBJECTS)('%s, of the object: %j', (advice, seen) => {
        expect(diagnoseObject(outcome(seen)).advice).toBe(advice);
    });

    it.each(ROWS)('%s, of the rows: %j', (advice, seen) => {
        expect(diagnoseRows(outcome(seen)).advice).toBe(advice);
    });
});

const SECOND = 1_000;
const HELD_ASIN = 'B000000004';
const SCRAPED: Counts = { B000000001: 3, B000000002: 7, B000000003: 0 };

/** Judges the log of a page that was held for 23 s, with the object at these seconds. */
function rhythm(seconds: number[], counts: Counts = SCRAPED): ReturnType<typeof judgeRhythm> {
    return judgeRhythm({
        witness: { logged: seconds.map((at) => ({ at: at * SECOND, incarnation: 1, counts })) },
        hold: { asin: HELD_ASIN, from: 0, to: 23 * SECOND },
        result: { truth: TRUTH },
    });
}

const RHYTHMS: [advice: string, seconds: number[], counts?: Counts][] = [
    ['not-logged', []],
    ['logged-once', [-1]],
    ['logged-once', [9]],
    ['logged-too-often', [1, 2.1, 3.2]],
    ['logged-too-often', [5, 10, 15, 20]],
    ['logged-irregularly', [4, 19]],
    ['logged-irregularly', [14, 23]],
    ['logged-stale', [9, 19], { B000000001: 3 }],
];

describe('the log of a run in which nothing changes', () => {
    it.each(RHYTHMS)('is %s with the object at %j s', (advice, seconds, counts) => {
        expect(rhythm(seconds, counts).finding?.advice).toBe(advice);
    });

    it.each([[[9, 19]], [[1, 11, 21]], [[10, 10.2, 20]], [[9.5, 20.5]]])(
        'is right with the object at %j s',
        (seconds) => {
            expect(rhythm(seconds).finding).toBeUndefined();
        },
    );
});

describe('the advice', () => {
    const findings: Finding[] = [
        ...RUNS.map(([, seen]) => diagnoseRun(outcome(seen))!),
        ...UNDISTURBED.map(([, seen]) => diagnoseUndisturbed(outcome(seen), EARLIER)),
        ...OBJECTS.map(([, seen]) => diagnoseObject(outcome(seen))),
        ...ROWS.map(([, seen]) => diagnoseRows(outcome(seen))),
        ...RHYTHMS.map(([, seconds, counts]) => rhythm(seconds, counts).finding!),
        // Where the object is right and the rows of an undisturbed run are not: see judge.ts.
        { advice: 'rows-undisturbed' },
    ];

    it('is there for all that can be found, and none is left over', () => {
        expect([...new Set(findings.map(({ advice }) => advice))].sort()).toEqual(Object.keys(readAdvice()).sort());
    });

    it('has every word in braces filled in', () => {
        const texts = findings.flatMap(({ advice, values = {} }) => {
            const { seen, advice: what } = readAdvice()[advice]!;
            return [fill(seen, values), fill(what, values)];
        });

        expect(texts.filter((text) => /\{\w+\}/.test(text))).toEqual([]);
    });
});
