import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { playAnswers, type QuestionAnswers } from '../quiz/answers-file.js';
import { startCourse } from '../quiz/course.js';
import { FIRST, probeOf } from '../quiz/fixtures/questions.js';
import { QuizStore } from '../quiz/quiz-store.js';
import { EMPTY_RECORD } from '../quiz/record.js';
import { readQuestions } from '../quiz/read-questions.js';
import { readRecording } from './recordings.js';
import { importTrace } from '../trace/import-trace.js';
import { type Loaded, QuizPages } from './fixtures/quiz-pages.js';
import { quizPages } from './quiz-pages.js';
import { RECORDED_RUNS, recordingName } from './figures.js';
import { runOfPrediction } from './quiz/links-of.js';

const PLACE = '/quiz/1/';
/** Answers to all kinds of probes; places are those of the question's file. */
const ANSWERS: Record<string, Record<string, string | string[]>> = {
    'which-is-one': { filled: '1' },
    'which-are': { filled: ['0', '1', '4'] },
    'how-it-grows': { items: ['0', '1', '3', '2'] },
    'what-is-eaten': { 'group-0': '0', 'group-1': '1', 'group-2': '1' },
    'how-many': { filled: '9.5' },
    'what-survives': { filled: '2' },
};

/** Goes on from what is told to what is asked. */
async function goOn(pages: QuizPages, page: Loaded): Promise<Loaded> {
    return pages.get(page.address.includes('after=') ? PLACE : page.address);
}

/** Answers the first question up to a probe, and returns the page that asks it. */
async function upTo(pages: QuizPages, probe: string): Promise<Loaded> {
    let page = await pages.send(await pages.get(PLACE), { filled: '' });
    page = await goOn(pages, await pages.send(page, {}));
    for (const { id } of FIRST.probes) {
        if (id === probe) return page;
        page = await goOn(pages, await pages.send(page, ANSWERS[id]!));
    }
    return page;
}

describe('a question in the browser', () => {
    it('begins with an answer of one’s own, shows a model answer, and says why each key point is one', async () => {
        const pages = new QuizPages();
        const first = await pages.get(PLACE);
        expect(first.text).toContain('Say it in your own words');

        const model = await pages.send(first, { filled: 'It has <seeds> & "pips"' });
        expect(model.text).toContain('You wrote: It has <seeds> & "pips"');
        expect(model.text).toContain('So a tomato is one');

        const told = await pages.send(model, { filled: ['0', '2'] });
        expect(told.address).toContain('after=.key-points');
        for (const { why } of FIRST.keyPoints) expect(told.text).toContain(why);
        expect(told.text).toMatch(/Recalled: It holds seeds/);
        expect(pages.record.courses[0]).toMatchObject({ keyPoints: ['seeds', 'kitchen'] });
    });

    it('leads through all kinds of probes, and leaves the record that the terminal leaves', async () => {
        const pages = new QuizPages();
        const end = await pages.send(await upTo(pages, ''), { filled: 'skip' });
        expect(end.text).toContain('Your guess: under-counted');

        const terminal = new QuizPages();
        const store = new QuizStore(() => {}, terminal.dir);
        const answers: QuestionAnswers = {
            recall: null,
            keyPoints: [],
            run: false,
            probes: new Map([
                ['which-is-one', { kind: 'single', choice: 1 }],
                ['which-are', { kind: 'multiple', choices: [0, 1, 4] }],
                ['how-it-grows', { kind: 'order', items: [0, 1, 3, 2] }],
                ['what-is-eaten', { kind: 'match', groups: [0, 1, 1] }],
                ['how-many', { kind: 'number', value: 9.5 }],
                ['what-survives', { kind: 'predict', choice: 2 }],
            ]),
        };
        const run = async (): Promise<string> => '';
        const keep = store.keep.bind(store);
        store.finish(FIRST, await playAnswers(FIRST, startCourse(1, 5), answers, { keep, run }));

        const [ours, theirs] = [pages.record, terminal.record];
        expect(ours.finished[0]!.answers).toEqual(theirs.finished[0]!.answers);
        expect({ ...ours.results[1], at: '' }).toEqual({ ...theirs.results[1], at: '' });
        expect(Object.keys(ours.cards)).toEqual(Object.keys(theirs.cards));
        expect(ours.courses).toEqual([]);
    });

    it.each(FIRST.probes.filter(({ kind }) => kind !== 'predict'))(
        'explains every choice of $id until the learner goes on, also when the page is loaded again',
        async (probe) => {
            const pages = new QuizPages();
            const told = await pages.send(await upTo(pages, probe.id), ANSWERS[probe.id]!);

            expect(told.address).toContain(`after=${probe.id}`);
            expect(told.text).toMatch(/Right\.|Not right\.|Partly right/);
            const parts = 'choices' in probe ? probe.choices : 'items' in probe ? probe.items : [probe];
            for (const { why } of parts as { why: string }[]) expect(told.text).toContain(why);
            expect(await pages.get(told.address)).toEqual(told);
            expect((await pages.get(PLACE)).text).not.toContain(told.text.slice(-60));
        },
    );

    it('tells at its end the points, the key points, what to read again, and when it is due', async () => {
        const pages = new QuizPages();
        await pages.send(await upTo(pages, ''), { filled: 'skip' });
        const end = await pages.get(`${PLACE}?after=.end`);

        expect(end.text).toContain('and you recalled 0 of 3 key points.');
        expect(end.text).toContain('lessons/01-fruit.md#many');
        expect(end.text).toMatch(/due for review in (9|10) minutes/);
        expect(end.html).toContain('href="../2/"');
        expect((await pages.get('/quiz/')).text).toMatch(/1 of 2 questions done, the next review is due in/);
        expect((await pages.get(PLACE)).text).toMatch(/You have answered it before: [\d.]+ of 6 points/);
    });

    it('takes an order piece by piece, shows what is placed, and starts over', async () => {
        const pages = new QuizPages();
        const probe = probeOf('order');
        let page = await upTo(pages, probe.id);
        page = await pages.send(page, { filled: '2' });
        expect(page.text).toContain('So far: Flower');
        page = await pages.send(page, { filled: '-1' });
        expect(page.text).not.toContain('So far:');
        for (const item of ['0', '1', '2']) page = await pages.send(page, { filled: item });

        expect(page.text).toContain('Right.');
        expect(pages.record.courses[0]!.answers[probe.id]).toMatchObject({ credit: 1 });
    });

    it('shows what the terminal has of a match that is half given', async () => {
        const pages = new QuizPages();
        const { id } = probeOf('match');
        await upTo(pages, id);
        const [course] = pages.record.courses;
        const half = { ...course!, draft: { probe: id, placed: [1] } };
        writeFileSync(join(pages.dir, 'quiz.json'), JSON.stringify({ ...pages.record, courses: [half] }));

        expect((await pages.get(PLACE)).html.match(/<input[^>]*checked[^>]*>/g)).toHaveLength(1);
    });
});

describe('a form that is', () => {
    it.each<[string, string, Record<string, string | string[]>, RegExp]>([
        ['empty, at a choice', 'which-is-one', {}, /Choose one of them\./],
        ['sent with a choice that is none', 'which-is-one', { filled: '7' }, /none of the choices/],
        ['sent with a tick that is none', 'which-are', { filled: ['0', 'x'] }, /none of the choices/],
        ['sent with half an order', 'how-it-grows', { items: ['0', '1'] }, /Each item has one place/],
        ['sent with an item twice', 'how-it-grows', { items: ['0', '1', '1', '2'] }, /Each item has one place/],
        ['sent with half a match', 'what-is-eaten', { 'group-0': '0' }, /Choose a group for each/],
        [
            'sent with a group that is none',
            'what-is-eaten',
            { 'group-0': '9', 'group-1': '0', 'group-2': '0' },
            /no groups/,
        ],
        ['sent with a word for a number', 'how-many', { filled: 'eight' }, /Give a number, such as 20, not 'eight'\./],
        ['sent with no end of a number', 'how-many', { filled: 'Infinity' }, /Give a number/],
    ])('%s is answered with 400 and a sentence, and changes nothing', async (_, probe, fields, sentence) => {
        const pages = new QuizPages();
        const page = await upTo(pages, probe);
        const before = pages.record;
        const refused = await pages.send(page, fields);

        expect(refused.status).toBe(400);
        expect(refused.text).toMatch(sentence);
        expect(pages.record).toEqual(before);
        expect((await pages.send(refused, ANSWERS[probe]!)).text).toMatch(/ight/);
    });

    it('stale is answered with 409, says so, leads on, and changes nothing', async () => {
        const pages = new QuizPages();
        const tab = await upTo(pages, 'which-is-one');
        const told = await pages.send(tab, { filled: '0' });
        expect(told.text).toContain('Right.');
        const before = pages.record;

        for (const fields of [{ filled: '0' }, { filled: '1' }, { filled: [] }]) {
            const stale = await pages.send(tab, fields);
            expect([stale.status, stale.text]).toEqual([
                409,
                expect.stringContaining('Nothing that was answered is lost'),
            ]);
            expect(stale.html).toContain('href="./?now#here"');
        }
        expect((await pages.send({ ...tab, html: '' }, { filled: '0' })).status).toBe(409);
        expect(pages.record).toEqual(before);
    });

    it('stale keeps what was written on the screen', async () => {
        const pages = new QuizPages();
        const [one, two] = [await pages.get(PLACE), await pages.get(PLACE)];
        await pages.send(one, { filled: 'First' });
        const stale = await pages.send(two, { filled: 'Second, and long' });

        expect([stale.status, stale.text]).toEqual([409, expect.stringContaining('You wrote: Second, and long')]);
        expect(pages.record.courses[0]!.recall).toBe('First');
    });

    it('sent again after the question is over does not begin it anew', async () => {
        const pages = new QuizPages();
        const first = await pages.get(PLACE);
        await pages.send(await upTo(pages, ''), { filled: 'skip' });

        expect((await pages.send(first, { filled: 'again' })).status).toBe(409);
        expect(pages.record.courses).toEqual([]);
        expect((await pages.send(await pages.get(PLACE), { filled: 'again' })).status).toBe(200);
    });
});

describe('an answer', () => {
    it('is on disk before the page is sent on', async () => {
        const pages = new QuizPages();
        const page = await upTo(pages, 'which-is-one');
        const [, version = ''] = /name="version" value="([^"]*)"/.exec(page.html)!;
        const body = new URLSearchParams({ version, filled: '0' });
        const response = pages.app.request(PLACE, { method: 'POST', body });

        expect((await response).status).toBe(303);
        const restarted = new QuizPages({ store: new QuizStore(() => {}, pages.dir) });
        expect((await restarted.get((await response).headers.get('location')!)).text).toContain('Right.');
    });

    it('that can’t be kept leads nowhere', async () => {
        const pages = new QuizPages();
        const page = await pages.get(PLACE);
        rmSync(pages.dir, { recursive: true });
        writeFileSync(pages.dir, 'a file where the folder should be');
        const failed = await pages.send(page, { filled: 'seeds' });

        expect([failed.status, failed.text]).toEqual([500, expect.stringMatching(/Progress in .* can't be written: /)]);
    });

    it('is found where it was left when the record was damaged by somebody: set aside, with a warning', async () => {
        const pages = new QuizPages();
        await upTo(pages, 'which-are');
        writeFileSync(join(pages.dir, 'quiz.json'), '{"courses": [');

        expect((await pages.get(PLACE)).text).toContain('Your answer, in your own words');
        expect(pages.warnings).toEqual([expect.stringContaining('is damaged')]);
        expect(existsSync(join(pages.dir, 'quiz.json'))).toBe(false);
    });
});

describe('the trial of a prediction', () => {
    const OUTCOME = { tracker: 'lost', counted: 0, truth: 58 } as const;

    it('is recorded when it ends, though no page waits for it, and its run can be fetched', async () => {
        const trace = readRecording('0-fault-migrate');
        let end: () => void = () => {};
        const pages = new QuizPages({
            run: async () => {
                await new Promise<void>((resolve) => (end = resolve));
                return { outcome: OUTCOME, trace };
            },
        });
        const running = await pages.send(await upTo(pages, ''), { filled: 'run' });
        const [, id = ''] = /name="stop" value="([^"]+)"/.exec(running.html)!;
        end();
        await pages.jobs.close();

        expect(pages.record.finished[0]!.answers['what-survives']).toMatchObject({ shown: 'lost' });
        expect(pages.record.results[1]).toBeDefined();
        const told = await pages.get(`${PLACE}?after=what-survives`);
        expect(told.text).toContain('What the trial showed: lost');
        const shown = await pages.get(`${PLACE}?after=what-survives&run=${id}`);
        expect(shown.html).toContain(`../runs/${id}`);
        const fetched = await pages.app.request(`/quiz/runs/${id}`);
        const text = gunzipSync(Buffer.from(await fetched.arrayBuffer())).toString();
        expect(importTrace(text).entries.length).toBe(trace.entries.length);
        expect((await pages.get('/quiz/runs/nobodys')).status).toBe(404);
    });

    it('says how far it is, runs once, and can be stopped', async () => {
        let runs = 0;
        const pages = new QuizPages({
            run: async (_, { signal, onPage }) => {
                runs++;
                onPage(3, 25);
                await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
                signal.throwIfAborted();
                return '';
            },
        });
        const asked = await upTo(pages, '');
        const running = await pages.send(asked, { filled: 'run' });
        expect(running.text).toContain('3 of 25 pages');
        expect((await pages.send(asked, { filled: 'run' })).text).toContain('3 of 25 pages');
        expect(runs).toBe(1);

        const [, job = ''] = /name="stop" value="([^"]+)"/.exec(running.html)!;
        await pages.send(running, { stop: job });
        await pages.jobs.close();
        const stopped = await pages.get(PLACE);
        expect(stopped.text).toContain('The run was stopped, so it shows nothing.');
        expect(stopped.html).toContain('value="run"');
    });

    it('waits while something else is at work, and says so', async () => {
        const pages = new QuizPages();
        const asked = await upTo(pages, '');
        const other = pages.jobs.start('the lab', async ({ signal }) => {
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        });
        const refused = await pages.send(asked, { filled: 'run' });

        expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('the lab is at work')]);
        other.stop();
    });

    it('changes nothing where it was skipped in another tab meanwhile', async () => {
        let end: () => void = () => {};
        const pages = new QuizPages({
            run: async () => {
                await new Promise<void>((resolve) => (end = resolve));
                return { outcome: OUTCOME, trace: readRecording('0-fault-migrate') };
            },
        });
        const asked = await upTo(pages, '');
        await pages.send(asked, { filled: 'run' });
        await pages.send(asked, { filled: 'skip' });
        const before = pages.record;
        end();
        await pages.jobs.close();

        expect(pages.record).toEqual(before);
    });
});

describe('the review', () => {
    it('says when nothing is due', async () => {
        const pages = new QuizPages();

        expect((await pages.get('/quiz/review/')).text).toContain('Nothing is due for review.');
        expect((await pages.get('/quiz/review/')).html).not.toContain('name="begin"');
    });

    it('asks what went wrong and is due, and begins once however often it is asked to', async () => {
        const pages = new QuizPages();
        await pages.send(await upTo(pages, ''), { filled: 'skip' });
        const { record } = pages;
        for (const card of Object.values(record.cards)) card.due = new Date(0);
        writeFileSync(join(pages.dir, 'quiz.json'), JSON.stringify(record));
        const overview = await pages.get('/quiz/');
        expect(overview.text).toContain('Review 5 probes');

        const begin = await pages.get('/quiz/review/');
        const asked = await pages.send(begin, { begin: 'review' });
        const again = await pages.send(begin, { begin: 'review' });
        expect(again.text).toBe(asked.text);
        expect(asked.text).toContain('Review of question 1, 1 of 5');

        const told = await pages.send(asked, { filled: '0' });
        expect(told.text).toContain('Right.');
        expect((await pages.send(asked, { filled: '0' })).status).toBe(409);
        expect(pages.record.results).toEqual(record.results);
    });
});

describe('the quiz in a static site', () => {
    const context = (place: string) => ({ place, isLive: false });

    it('has a page for each question, the review and all of them, with what its script needs', () => {
        const place = { lessons: [] } as never;
        const pages = [...quizPages()].map(([at, make]) => [at, make(context(at), place)] as const);

        expect(pages).toHaveLength(readQuestions().length + 2);
        for (const [, html] of pages) {
            const [, json = ''] = /<script type="application\/json" id="quiz-data">(.*?)<\/script>/s.exec(html)!;
            expect((JSON.parse(json) as { questions: unknown[] }).questions).toHaveLength(readQuestions().length);
        }
    });

    it('has a recording of every prediction', () => {
        const predictions = readQuestions().flatMap(({ probes }) => probes.filter((probe) => probe.kind === 'predict'));
        const missing = predictions.map((probe) => recordingName(runOfPrediction(probe)));

        expect(missing.filter((name) => !RECORDED_RUNS.has(name))).toEqual([]);
    });
});

it('a record of before finished courses were kept is read as it was', () => {
    const pages = new QuizPages();
    writeFileSync(join(pages.dir, 'quiz.json'), JSON.stringify({ courses: [], results: {}, cards: {} }));

    expect(new QuizStore(() => {}, pages.dir).read()).toEqual(EMPTY_RECORD);
});
