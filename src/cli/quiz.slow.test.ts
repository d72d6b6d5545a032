import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isAlive } from '../base/is-alive.js';
import type { QuizRecord } from '../quiz/record.js';
import { type Asked, QuizTerminal, type QuizTerminalOptions } from './fixtures/quiz-terminal.js';

let folder: string;
let open: QuizTerminal[];

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    open = [];
});

afterEach(async () => {
    await Promise.all(open.map(async (terminal) => terminal.kill()));
    rmSync(folder, { recursive: true, force: true });
});

const CTRL_C = '\u0003';
const SEEDED = ['--seed', '7'];

function start(home: string, options: Partial<QuizTerminalOptions> = {}): QuizTerminal {
    const terminal = new QuizTerminal({ home: join(folder, home), ...options });
    open.push(terminal);
    return terminal;
}

/** Trials are skipped here: they would run for seconds at each of many prompts. */
function answer(terminal: QuizTerminal, asked: Asked): void {
    terminal.answer(asked, asked.message.startsWith('Run this trial') ? 'Skip it' : undefined);
}

/** What is asked, wherever on the screen it stands. */
type Prompt = Omit<Asked, 'line'>;

const promptOf = ({ message, options }: Asked): Prompt => ({ message, options });

/** Answers all that is asked; returns the prompts. */
async function playToEnd(terminal: QuizTerminal): Promise<Prompt[]> {
    const prompts: Prompt[] = [];
    for (let asked = await terminal.asked(); asked; asked = await terminal.asked()) {
        prompts.push(promptOf(asked));
        answer(terminal, asked);
    }
    return prompts;
}

/**
 * As `playToEnd`, but the quiz is killed at every prompt that follows an answer, and started again.
 *
 * @returns The prompts; those at which it was killed; and, for each of these, what the next start asked.
 */
async function playUnderKills(home: string, options: Partial<QuizTerminalOptions>): Promise<Record<string, Prompt[]>> {
    const prompts: Prompt[] = [];
    const killedAt: Prompt[] = [];
    const resumedAt: Prompt[] = [];
    const startWith = (seed: string[]) => start(home, { ...options, args: [...(options.args ?? []), ...seed] });
    let terminal = startWith(SEEDED);
    for (let asked = await terminal.asked(); asked; asked = await terminal.asked()) {
        prompts.push(promptOf(asked));
        answer(terminal, asked);
        const next = await terminal.asked();
        if (!next) break;
        await terminal.kill();
        // Whether to go on is no answer: the next start begins the next question.
        if (next.message.startsWith('Go on')) {
            prompts.push(promptOf(next));
            terminal = startWith(SEEDED);
            continue;
        }
        // Of a question that has begun, the order of choices has to come from what was kept.
        terminal = startWith(['--seed', '8']);
        killedAt.push(promptOf(next));
        resumedAt.push(promptOf((await terminal.asked())!));
    }
    return { prompts, killedAt, resumedAt };
}

function kept(home: string): QuizRecord {
    return JSON.parse(readFileSync(join(folder, home, 'quiz.json'), 'utf8')) as QuizRecord;
}

/** What a record holds, but for times. */
function timeless({ courses, results, cards }: QuizRecord): unknown {
    const scores = Object.values(results).map(({ at: _, ...score }) => score);
    return { courses, scores, cards: Object.keys(cards).sort() };
}

/** 2 + 1 + 1 + 3 + 3 + 1 + 2 of the first question, whether to go on, and 2 + 1 + 1 + 2 + 2 of the second. */
const PROMPTS = 13 + 1 + 8;

describe.each<[string, Partial<QuizTerminalOptions>]>([
    ['with arrow keys', {}],
    ['plain', { args: ['--plain'] }],
])('a whole quiz in a terminal, %s', (face, options) => {
    it('that is killed between any two prompts asks the same and loses no answer', async () => {
        const whole = start(`${face} whole`, { ...options, args: [...(options.args ?? []), ...SEEDED] });
        const asked = await playToEnd(whole);
        expect(await whole.ended).toBe(0);

        const { prompts, killedAt, resumedAt } = await playUnderKills(`${face} killed`, options);

        expect(prompts).toEqual(asked);
        expect(resumedAt).toEqual(killedAt);
        expect(asked).toHaveLength(PROMPTS);
        expect(timeless(kept(`${face} killed`))).toEqual(timeless(kept(`${face} whole`)));
        expect(kept(`${face} whole`)).toMatchObject({ courses: [], results: { 1: { of: 6 }, 2: { of: 4 } } });
    });

    it('breaks its lines on words at 60 columns', async () => {
        const terminal = start(`${face} narrow`, options);
        await playToEnd(terminal);

        expect(terminal.broken).toEqual([]);
    });
});

describe('a verdict', () => {
    it('stays until a key is pressed, at which Ctrl-C leaves', async () => {
        const terminal = start('held', { args: SEEDED, isHeldUp: true });
        for (let n = 0; n < 2; n++) answer(terminal, (await terminal.asked())!);
        await terminal.until('Any key goes on.');
        expect(terminal.shown.trimEnd().split('\n').at(-1)).toBe('Any key goes on.');
        expect(terminal.shown).not.toContain('Probe 1');

        terminal.press('x');
        answer(terminal, (await terminal.asked())!);
        await terminal.until('(your answer)');
        await terminal.until('Any key goes on.');
        terminal.press(CTRL_C);

        expect(await terminal.ended).toBe(130);
        expect(terminal.shown).toContain('Every answer is kept');
        expect(Object.keys(kept('held').courses[0]!.answers)).toHaveLength(1);
    });
});

const ESCAPE = '\u001b';
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]*m`);

describe('colours', () => {
    it.each([
        ['are shown where nothing speaks against them', {}, true],
        ['are not shown with NO_COLOR', { NO_COLOR: '1' }, false],
        ['are shown with FORCE_COLOR, whatever NO_COLOR says', { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
        ['are not shown with FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ])('%s', async (_, env, isColoured) => {
        const terminal = start('home', { args: SEEDED, env: { ...env } });
        for (let n = 0; n < 3; n++) answer(terminal, (await terminal.asked())!);
        await terminal.until('(your answer)');

        expect(COLOUR.test(terminal.raw)).toBe(isColoured);
    });
});

describe('the plain face', () => {
    it.each<[string, Partial<QuizTerminalOptions>]>([
        ['--plain', { args: ['--plain'] }],
        ['ACCESSIBLE=1', { env: { ACCESSIBLE: '1' } }],
        ['TERM=dumb', { env: { TERM: 'dumb' } }],
    ])('comes with %s, and moves no cursor', async (_, options) => {
        const terminal = start('home', options);
        for (let n = 0; n < 3; n++) answer(terminal, (await terminal.asked())!);
        await terminal.asked();

        expect(terminal.shown).toContain('Type one number from 1 to 3.');
        expect(terminal.raw.replaceAll(new RegExp(COLOUR, 'g'), '')).not.toContain(ESCAPE);
    });
});

describe('Ctrl-C', () => {
    it.each<[string, Partial<QuizTerminalOptions>]>([
        ['with arrow keys', {}],
        ['plain', { args: ['--plain'] }],
    ])('at a prompt leaves with one line, %s', async (_, options) => {
        const terminal = start('home', options);
        await terminal.asked();
        terminal.press(CTRL_C);

        expect(await terminal.ended).toBe(130);
        expect(terminal.shown).toContain('Every answer is kept: `npm run quiz` goes on');
        expect(terminal.shown).not.toMatch(/at .*\.js/);
    });
});

describe('a prediction', () => {
    /** The first question, with temporary files where they can be looked at. */
    function startFirst(): QuizTerminal {
        const temporary = join(folder, 'temporary');
        mkdirSync(temporary);
        const env = { TMPDIR: temporary, TEMP: temporary };
        return start('home', { args: ['--question', '1', ...SEEDED], env });
    }

    /** The Actor of the trial that runs: the journal of its platform knows its process. */
    function actorOf(): number {
        const [dir] = readdirSync(join(folder, 'temporary'));
        const journal = readFileSync(join(folder, 'temporary', dir!, 'journal.jsonl'), 'utf8');
        return Number([...journal.matchAll(/"pid":(\d+)/g)].at(-1)![1]);
    }

    /** Answers up to the offer to run the trial. */
    async function toTheRun(terminal: QuizTerminal): Promise<Asked> {
        for (;;) {
            const asked = (await terminal.asked())!;
            if (asked.message.startsWith('Run this trial')) return asked;
            answer(terminal, asked);
        }
    }

    it('is run for real, and its truth is shown beside the guess', async () => {
        const terminal = startFirst();
        terminal.answer(await toTheRun(terminal), 'Run it');
        const next = await terminal.asked();

        expect(next?.message).toBe('Go on with:');
        expect(terminal.shown).toMatch(/Your guess: \S+\s+What the trial showed: lost/);
        expect(terminal.shown).toMatch(/offers counted of 58/);
    });

    it('that Ctrl-C stops while it runs leaves no process, and is offered again', async () => {
        const terminal = startFirst();
        const offer = await toTheRun(terminal);
        const before = kept('home');
        terminal.answer(offer, 'Run it');
        await terminal.until('1 of 27 pages');
        const pid = actorOf();
        expect(isAlive(pid)).toBe(true);
        terminal.press(CTRL_C);

        expect(await terminal.ended).toBe(130);
        expect(isAlive(pid)).toBe(false);
        expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
        expect(kept('home')).toEqual(before);
        const again = start('home');
        expect(promptOf((await again.asked())!)).toEqual(promptOf(offer));
        expect(again.shown).toContain('What does the tracker of step 0');
    });

    it('that is killed while it runs leaves no process, and is offered again', async () => {
        const terminal = startFirst();
        const offer = await toTheRun(terminal);
        terminal.answer(offer, 'Run it');
        await terminal.until('1 of 27 pages');
        const pid = actorOf();
        expect(isAlive(pid)).toBe(true);
        await terminal.kill();

        await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
        expect(promptOf((await start('home').asked())!)).toEqual(promptOf(offer));
    });
});
