import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { QuizRecord } from '../../quiz/record.js';
import { endCourse, startCourse } from '../fixtures/course-process.js';

let home: string;
let children: ChildProcess[];

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'actors-move-'));
    children = [];
});

afterEach(async () => {
    await Promise.all(children.map(async (child) => endCourse(child, 'SIGKILL')));
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** A browser at a course that runs in a process of its own. */
interface Visit {
    child: ChildProcess;
    /** Fetches a page of the quiz, and gives what its form must send along. */
    versionOf: (place: string) => Promise<string>;
    /** Sends an answer; gives the status, and where it leads. */
    answer: (place: string, version: string) => Promise<[status: number, to: string | null]>;
}

async function visit(): Promise<Visit> {
    const { child, url } = await startCourse({ env: { ACTORS_MOVE_HOME: home } });
    children.push(child);
    const { origin } = new URL(url);
    const entered = await fetch(url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    return {
        child,
        versionOf: async (place) => {
            const page = await (await fetch(origin + place, { headers: { cookie } })).text();
            return /name="version" value="([^"]*)"/.exec(page)![1]!;
        },
        answer: async (place, version) => {
            const { status, headers } = await fetch(origin + place, {
                method: 'POST',
                headers: { cookie, origin },
                body: new URLSearchParams({ version, filled: 'in my own words' }),
                redirect: 'manual',
            });
            return [status, headers.get('location')];
        },
    };
}

const QUESTION = '/quiz/1/';

describe('an answer in the browser', () => {
    it('outlives a SIGKILL of the course as soon as the next page is named', async () => {
        const before = await visit();
        const version = await before.versionOf(QUESTION);
        const [status, to] = await before.answer(QUESTION, version);
        await endCourse(before.child, 'SIGKILL');

        expect([status, to]).toEqual([303, expect.stringContaining(QUESTION)]);
        const record = JSON.parse(readFileSync(join(home, 'quiz.json'), 'utf8')) as QuizRecord;
        expect(record.courses).toMatchObject([{ question: 1, recall: 'in my own words' }]);
        const after = await visit();
        expect(await after.versionOf(QUESTION)).not.toBe(version);
    });

    it('that another course on the same folder has taken is taken once', async () => {
        const [one, two] = await Promise.all([visit(), visit()]);
        const versions = await Promise.all([one.versionOf(QUESTION), two.versionOf(QUESTION)]);

        expect((await one.answer(QUESTION, versions[0]))[0]).toBe(303);
        expect((await two.answer(QUESTION, versions[1]))[0]).toBe(409);
    });
});
