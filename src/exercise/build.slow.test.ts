import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { build, type Build } from './build.js';
import { BuildError } from './build-error.js';

let folder: string;
let dir: string;
const builds: Build[] = [];

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    dir = join(folder, 'workspace', 'asin-tracker');
    mkdirSync(dir, { recursive: true });
});

afterEach(() => {
    for (const built of builds.splice(0)) built.remove();
    rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
    for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, file)), { recursive: true });
        writeFileSync(join(dir, file), text);
    }
}

/** Builds the files and runs the result; returns what it prints. */
async function printed(files: Record<string, string>): Promise<string> {
    write(files);
    const built = await build(dir);
    builds.push(built);
    const [node, ...args] = built.command;
    const { stdout, stderr } = spawnSync(node, args, { cwd: built.image, encoding: 'utf8' });
    return stdout + stderr;
}

describe('the build of a learner’s Actor', () => {
    it.each<[string, Record<string, string>]>([
        [
            'TypeScript',
            {
                'main.ts': "import { word } from './word.js';\nconsole.log(word satisfies string);",
                'word.ts': "export const word: string = 'works';",
            },
        ],
        ['TypeScript with a type error', { 'main.ts': "const n: number = 'works';\nconsole.log(n);" }],
        [
            'JavaScript',
            {
                'main.js': "import { word } from './word.js';\nconsole.log(word);",
                'word.js': "export const word = 'works';",
            },
        ],
        ['CommonJS', { 'main.js': "console.log(require('./word.cjs'));", 'word.cjs': "module.exports = 'works';" }],
        ['a folder src', { 'src/main.ts': "console.log('works' as string);" }],
        ['await at the top level', { 'main.mjs': "console.log(await Promise.resolve('works'));" }],
        [
            'an import at run time',
            {
                'main.ts': "const { word } = await import('./word.js');\nconsole.log(word);",
                'word.ts': "export const word = 'works';",
            },
        ],
        [
            'packages of the course',
            {
                'main.ts':
                    "import { Actor } from 'apify';\nimport { sep } from 'node:path';\nif (Actor && sep) console.log('works');",
            },
        ],
        [
            'shared parts of the demo Actor',
            {
                'main.ts':
                    "import { START } from '../../src/demo-actor/constants.js';\nif (START) console.log('works');",
            },
        ],
        [
            'data beside the code',
            {
                'main.ts':
                    "import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('data/word.txt', 'utf8'));",
                'data/word.txt': 'works',
            },
        ],
    ])('takes %s', async (_, files) => {
        expect((await printed(files)).trim()).toBe('works');
    });

    it('names the learner’s file and line in a stack trace', async () => {
        const output = await printed({
            'main.ts': "import './other.js';",
            'other.ts': "type A = string;\n\nthrow new Error('here');",
        });

        expect(output).toMatch(/asin-tracker[\\/]other\.ts:3:7/);
    });

    it.each<[string, Record<string, string>, RegExp]>([
        ['no main file', { 'index.ts': '' }, /has none of main\.ts, .*: which file starts the Actor\?$/],
        ['a syntax error', { 'main.ts': 'const a = ;' }, /main\.ts:1:\d+ has a syntax error: .+\.$/],
        [
            'a syntax error elsewhere',
            { 'main.ts': "import './b.js';", 'b.ts': '\nfunction (' },
            /b\.ts:2:\d+ has a syntax error: .+\.$/,
        ],
        [
            'a package that is not there',
            { 'main.ts': "import 'left-pad-of-nobody';" },
            /main\.ts(:\d+:\d+)? imports 'left-pad-of-nobody', which is not installed\.$/,
        ],
        [
            'a file that is not there',
            { 'main.ts': "import './gone.js';" },
            /imports '\.\/gone\.js', and there is no such file\.$/,
        ],
        [
            'a shared part that is not there',
            { 'main.ts': "import '../../src/demo-actor/gone.js';" },
            /imports '.*gone\.js', and there is no such file\.$/,
        ],
        [
            'a name that a file does not export',
            { 'main.ts': "import { b } from './b.js';\nconsole.log(b);", 'b.ts': 'export const a = 1;' },
            /can't be built: .*"b".*$/,
        ],
    ])('says what is wrong in one sentence: %s', async (_, files, sentence) => {
        write(files);

        const error = await build(dir).catch((reason: unknown) => reason);

        expect(error).toBeInstanceOf(BuildError);
        expect((error as Error).message).toMatch(sentence);
        expect((error as Error).message).not.toContain('\n');
    });

    it('leaves the learner’s folder as it was, and nothing behind once it is removed', async () => {
        write({ 'main.ts': '' });
        const built = await build(dir);

        expect(readdirSync(dir)).toEqual(['main.ts']);
        built.remove();
        expect(existsSync(dirname(built.image))).toBe(false);
    });
});
