import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { compiled } from '../base/paths.js';
import type { QuizRecord } from '../quiz/record.js';
import { QUESTIONS_FIXTURE } from '../quiz/fixtures/questions.js';
import type { Called } from './fixtures/command-process.js';
import { Commands } from './fixtures/commands.js';

const QUIZ = compiled('bundle/quiz.cjs');
const BUNDLE = compiled('bundle/quiz-bundle.cjs');

let folder: string;
let home: string;
let commands: Commands;

beforeAll(() => {
    commands = new Commands(tmpdir(), { FORCE_COLOR: '0' });
});
afterAll(() => commands.close());

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    home = join(folder, 'home');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the quiz without a terminal, on the questions of the fixture. */
async function quiz(...args: string[]): Promise<Called> {
    return quizOf('--questions', QUESTIONS_FIXTURE, ...args);
}

async function quizOf(...args: string[]): Promise<Called> {
    return commands.call({ file: QUIZ, args, cwd: folder, home });
}

function file(name: string, content: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
}

const kept = (): QuizRecord => JSON.parse(readFileSync(join(home, 'quiz.json'), 'utf8')) as QuizRecord;

const NUTS = {
    'which-is-one': 2,
    'how-hard': 4,
    'how-it-is-eaten': [1, 2, 3],
    'what-survives': 'exact',
};

describe('npm run quiz without a terminal', () => {
    it('ends with exit code 2 and names what to pass', async () => {
        expect(await quiz()).toMatchObject({
            status: 2,
            stdout: '',
            stderr: expect.stringMatching(/^.*--answers <file>, --list or --json\. .*\n$/),
        });
    });

    it('lists the questions', async () => {
        const { status, stdout } = await quiz('--list');

        expect(status).toBe(0);
        expect(stdout).toBe(
            '· 1. All kinds of probes (left)\n· 2. Four more (left)\n0 done, 2 left, 0 probes due for review.\n',
        );
    });

    it('takes answers from a file, keeps them, and says what to read again', async () => {
        const { status, stdout } = await quiz('--answers', file('a.json', { 2: { probes: NUTS } }));

        expect(status).toBe(0);
        expect(stdout).toContain('3 of 4 points, and you recalled 0 of 3 key points.');
        expect(stdout).toContain('`npm run lesson -- 2`, Number');
        expect(kept().results[2]).toMatchObject({ points: 3, of: 4 });
        expect(Object.keys(kept().cards)).toEqual(['2/how-hard']);
        expect((await quiz('--list')).stdout).toContain('✔ 2. Four more (done, 3 of 4 points)\n1 done, 1 left');
    });

    it('prints for a program to read, and nothing else', async () => {
        const answers = file('a.json', { 1: {}, 2: { probes: NUTS } });
        const { status, stdout } = await quiz('--answers', answers, '--json');

        expect(status).toBe(1);
        expect(JSON.parse(stdout)).toMatchObject({
            done: 1,
            left: 1,
            played: [
                { question: 1, waitingFor: "the probe 'which-is-one'", points: 0 },
                { question: 2, waitingFor: null, points: 3, of: 4 },
            ],
        });
        expect(JSON.parse((await quiz('--json')).stdout)).toMatchObject({
            done: 1,
            questions: [{ state: 'under way' }, {}],
        });
    });

    it('goes on where a file had no more answers', async () => {
        const probes = { 'which-is-one': 2, 'how-hard': 3 };
        const first = await quiz('--answers', file('a.json', { 2: { probes } }));

        expect(first.status).toBe(1);
        expect(first.stdout).toContain("the probe 'how-it-is-eaten' has no answer in the file");

        const rest = { 'how-it-is-eaten': [1, 2, 3], 'what-survives': 'lost' };
        const second = await quiz('--answers', file('b.json', { 2: { probes: rest } }));
        expect(second.status).toBe(0);
        expect(second.stdout).toContain('3 of 4 points');
    });

    it('reviews only what went wrong and is due', async () => {
        const answers = file('a.json', { 2: { probes: NUTS } });
        await quiz('--answers', answers);
        expect((await quiz('--review', '--answers', answers)).stdout).toBe('Nothing in the file is due for review.\n');

        const record = kept();
        record.cards['2/how-hard']!.due = new Date(0);
        writeFileSync(join(home, 'quiz.json'), JSON.stringify(record));
        const right = file('b.json', { 2: { probes: { 'how-hard': 3 } } });
        const { status, stdout } = await quiz('--review', '--answers', right, '--json');

        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ due: 0, played: [{ mode: 'review', points: 1, of: 1 }] });
        expect(kept().results[2]).toMatchObject({ points: 3 });
    });

    it('starts anew with --reset, and keeps what was there under another name', async () => {
        expect((await quiz('--reset')).stdout).toBe('Nothing was kept so far.\n');
        await quiz('--answers', file('a.json', { 2: { probes: NUTS } }));
        const before = readFileSync(join(home, 'quiz.json'), 'utf8');

        const { status, stdout } = await quiz('--reset');

        expect(status).toBe(0);
        const [aside] = readdirSync(home);
        expect(stdout).toContain(aside);
        expect(readFileSync(join(home, aside!), 'utf8')).toBe(before);
        expect((await quiz('--list')).stdout).toContain('0 done, 2 left');
    });

    it.each(['', '{"courses": [', '{"courses": [], "results": {"1": 5}, "cards": {}}'])(
        'sets damaged progress (%j) aside with one line, and goes on',
        async (damaged) => {
            mkdirSync(home);
            file('home/quiz.json', damaged);

            const { status, stdout, stderr } = await quiz('--list');

            expect(status).toBe(0);
            expect(stdout).toContain('0 done, 2 left');
            expect(stderr).toMatch(/^[^\n]*is damaged[^\n]*\n$/);
            expect(readdirSync(home).map((name) => readFileSync(join(home, name), 'utf8'))).toEqual([damaged]);
        },
    );

    it('tells in one line when progress can’t be kept', async () => {
        file('home', 'a file where the folder should be');

        const { status, stderr } = await quiz('--answers', file('a.json', { 2: { probes: NUTS } }));

        expect(status).toBe(2);
        expect(stderr).toMatch(/^Progress in [^\n]*quiz\.json can't be read: ENOTDIR[^\n]*\n$/);
    });

    it('goes on where a question has changed', async () => {
        const [, second] = JSON.parse(readFileSync(QUESTIONS_FIXTURE, 'utf8')) as [
            unknown,
            { probes: { id: string }[] },
        ];
        const changed = {
            ...second,
            probes: second.probes.map((probe, at) => (at === 0 ? { ...probe, id: 'new' } : probe)),
        };
        await quiz('--answers', file('a.json', { 2: { probes: { 'which-is-one': 1, 'how-hard': 3 } } }));

        const { status, stdout } = await quizOf('--questions', file('q.json', [changed]), '--json');

        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ questions: [{ state: 'under way', answered: 1, due: 0 }] });
    });
});

describe('wrong usage of npm run quiz ends with exit code 2 and one line that says what is allowed:', () => {
    it.each<[string[], RegExp]>([
        [['--question', '9'], /no question '9'\. Questions are 1, 2\./],
        [['--question', 'two'], /no question 'two'/],
        [['--seed', 'x'], /--seed takes a whole number from 0 to/],
        [['--list', '--reset'], /--list or --reset, not both/],
        [['--review', '--question', '1'], /--question or --review, not both/],
        [['--answers', 'gone.json'], /gone\.json can't be read/],
        [['--questions', 'gone.json'], /gone\.json can't be read/],
        [['--colour'], /Unknown option '--colour'\. Options are --question/],
        [['now'], /Nothing but options is taken/],
    ])('%j', async (args, message) => {
        const { status, stdout, stderr } = await quiz(...args);

        expect(stderr).toMatch(message);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stdout).toBe('');
        expect(status).toBe(2);
    });

    it('a question that is not as it must be, with its field', async () => {
        const { status, stderr } = await quizOf('--questions', file('q.json', [{ number: 1 }]), '--list');

        expect(status).toBe(2);
        expect(stderr).toMatch(/q\.json: 0\.title: /);
    });

    it('--question without answers for it in the file', async () => {
        const { status, stderr } = await quiz('--question', '1', '--answers', file('a.json', { 2: {} }));

        expect(status).toBe(2);
        expect(stderr).toContain('--question 1 has no answers in the file');
    });
});

it('npm run quiz tells with --help what it does and what the answers file holds', async () => {
    const { status, stdout } = await quiz('--help');

    expect(status).toBe(0);
    expect(stdout).toContain('--answers <file>');
    expect(stdout).toContain('"id-of-predict"');
});

describe('the bundle', () => {
    it('loads nothing but Node itself until an answer is kept, or a trial is run', () => {
        const text = readFileSync(BUNDLE, 'utf8');
        const known = builtinModules.flatMap((name) => [name, `node:${name}`]);
        const foreign = (pattern: RegExp): string[] =>
            [...text.matchAll(pattern)].map(([, name]) => name!).filter((name) => !known.includes(name));

        expect(text).toMatch(/\brequire\("node:fs"\)/);
        expect(foreign(/\brequire\("([^"]+)"\)/g)).toEqual([]);
        expect(foreign(/\bcreateRequire\)?\(.*?\)\("([^"]+)"\)/g)).toEqual(['write-file-atomic']);
        expect(foreign(/\b(?:import|importOutside)\("([^"]+)"\)/g)).toEqual(['../src/trial/run-step.js']);
        expect(existsSync(join(BUNDLE, '..', '..', 'src', 'trial', 'run-step.js'))).toBe(true);
    });

    it('is kept as V8 has compiled it, which holds for this Node', () => {
        // In a process of its own: V8 takes nothing that was compiled under other flags than its own.
        const told = `process.on('exit', () => console.log('refused:', require.cache[process.argv[1]].exports.script.cachedDataRejected))`;
        writeFileSync(join(folder, 'told.cjs'), told);
        const output = execFileSync(process.execPath, ['-r', join(folder, 'told.cjs'), QUIZ, '--help'], {
            encoding: 'utf8',
        });

        expect(output).toMatch(/\nrefused: false\n$/);
    });

    it('is compiled anew where that is missing, or is what another Node or a broken disk has left', () => {
        cpSync(QUIZ, join(folder, 'quiz.cjs'));
        writeFileSync(join(folder, 'quiz-bundle.cjs'), 'console.log(`asked in ${__filename}`);');
        const run = (): string => execFileSync(process.execPath, [join(folder, 'quiz.cjs')], { encoding: 'utf8' });

        expect(run()).toBe(`asked in ${join(folder, 'quiz-bundle.cjs')}\n`);
        writeFileSync(join(folder, 'quiz-bundle.cjs.compiled'), 'broken');
        expect(run()).toBe(`asked in ${join(folder, 'quiz-bundle.cjs')}\n`);
    });
});
