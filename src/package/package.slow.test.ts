import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { buildPackage } from './build-package.js';

/** What a stranger's repository has of its own, besides the package. */
const STRANGERS_OWN = ['vitest', 'typescript', '@types/node'];

interface Manifest {
    name: string;
    version: string;
    dependencies: Record<string, string>;
    scripts?: unknown;
    devDependencies?: unknown;
}

let temporary: string;
let stranger: string;
let installed: string;
let manifest: Manifest;

/** Packs the package, and puts the tarball's content into the repository of a stranger with an Actor of their own. */
beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'package-'));
    stranger = join(temporary, 'stranger');
    installed = join(stranger, 'node_modules', 'actors-move');
    await mkdir(installed, { recursive: true });
    const built = join(temporary, 'built');
    await buildPackage(projectRoot, built);
    run('npm', ['pack', built, '--silent'], temporary);
    manifest = JSON.parse(await readFile(join(built, 'package.json'), 'utf8')) as Manifest;
    // Relative, since one tar of Windows takes what stands before a colon for a host.
    const tarball = `actors-move-${manifest.version}.tgz`;
    run('tar', ['-xzf', tarball, '--strip-components=1', '-C', relative(temporary, installed)], temporary);
    // Only what its package.json names can be imported from there.
    for (const name of [...Object.keys(manifest.dependencies), ...STRANGERS_OWN]) {
        const link = join(stranger, 'node_modules', name);
        await mkdir(dirname(link), { recursive: true });
        await symlink(join(projectRoot, 'node_modules', name), link, 'junction');
    }
    await writeFiles(STRANGER);
    run('npm', ['rebuild', '--silent'], stranger);
}, 120_000);

afterAll(async () => rm(temporary, { recursive: true, force: true, maxRetries: 5 }));

/** A repository with a CommonJS Actor that counts its rows in memory. */
const STRANGER = {
    'package.json': '{ "name": "stranger", "version": "1.0.0", "scripts": { "start": "node main.js" } }',
    'main.js': `
        const { APIFY_API_BASE_URL, APIFY_TOKEN, ACTOR_DEFAULT_DATASET_ID, ACTOR_DEFAULT_KEY_VALUE_STORE_ID } = process.env;
        const headers = { authorization: 'Bearer ' + APIFY_TOKEN, 'content-type': 'application/json' };
        const api = async (method, path, body) =>
            (await fetch(APIFY_API_BASE_URL + '/v2/' + path, { method, headers, body: JSON.stringify(body) })).json();
        (async () => {
            const items = 'datasets/' + ACTOR_DEFAULT_DATASET_ID + '/items';
            let rows = 0;
            for (let n = (await api('GET', items)).length; n < 4; n++, rows++) await api('POST', items, { n });
            await api('PUT', 'key-value-stores/' + ACTOR_DEFAULT_KEY_VALUE_STORE_ID + '/records/OUTPUT', { rows });
        })();
    `,
    'types.mts': `
        import { movePlatform, compare, type CompareResult, UsageError } from 'actors-move';

        const result: CompareResult = await compare({ actor: '.', fault: 'migrate', times: 2 });
        const rows: number | undefined = result.struck.datasets.default?.length;
        const platform = await movePlatform({ settings: { migrationGraceMillis: 500 } });
        const actor = platform.define({ name: 'mine', command: ['node', 'main.js'], cwd: '.' });
        const run = await platform.start(actor, { input: { pages: 3 } });
        await run.migrate();
        const { status } = await run.finished();
        await platform.close();
        // @ts-expect-error There is no such fault.
        await compare({ fault: 'earthquake' });
        export { rows, status, UsageError };
    `,
    'tsconfig.json': JSON.stringify({
        compilerOptions: {
            strict: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            module: 'nodenext',
            target: 'es2022',
            types: ['node'],
            noEmit: true,
        },
        files: ['types.mts'],
    }),
};

async function writeFiles(files: Record<string, string>): Promise<void> {
    for (const [name, content] of Object.entries(files)) await writeFile(join(stranger, name), content);
}

/** The test in a README. */
function exampleIn(readme: string): string {
    return /```js\n(.*?)```/s.exec(readme)![1]!;
}

interface Ended {
    status: number | null;
    stdout: string;
    stderr: string;
}

/** Runs a program; on Windows npm and npx are batch files, which only a shell starts. */
function runFreely(program: string, args: string[], cwd: string, more: NodeJS.ProcessEnv = {}): Ended {
    const env: NodeJS.ProcessEnv = { ...process.env, npm_config_offline: 'true', NO_COLOR: '1', ...more };
    delete env.FORCE_COLOR;
    const shell = process.platform === 'win32' && program !== process.execPath;
    return spawnSync(program, args, { cwd, env, encoding: 'utf8', shell });
}

function run(program: string, args: string[], cwd: string): string {
    const { status, stdout, stderr } = runFreely(program, args, cwd);
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
}

describe('the package', () => {
    it('holds the mover, and nothing of the course, its tests or its examples', async () => {
        const files = (await readdir(installed, { recursive: true })).map((file) => file.split(sep).join('/'));
        const top = ['DIFFERENCES.md', 'LICENSE', 'README.md', 'dist', 'package.json'];

        expect(files.filter((file) => !file.includes('/')).sort()).toEqual(top);
        const folders = new Set(files.map((file) => /^dist\/src\/(\w+)\//.exec(file)?.[1]));
        expect([...folders].filter((folder) => folder !== undefined).sort()).toEqual([
            'base',
            'faults',
            'mover',
            'package',
            'platform',
            'replay',
            'trace',
        ]);
        expect(files.filter((file) => /shop|quiz|lesson|solution|course|exercise|fixture|\.test\./.test(file))).toEqual(
            [],
        );
    });

    it('asks for few packages, none of the course, and every one pinned', () => {
        const names = Object.keys(manifest.dependencies);

        expect(names.length).toBeLessThanOrEqual(9);
        expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^apify|crawlee|inquirer|^marked$/)]));
        for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
        expect(manifest.scripts).toBeUndefined();
        expect(manifest.devDependencies).toBeUndefined();
    });

    it('has texts whose links lead to files of its own', async () => {
        for (const file of ['README.md', 'DIFFERENCES.md']) {
            const text = await readFile(join(installed, file), 'utf8');
            const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
            expect(links.filter((link) => !existsSync(join(installed, link)))).toEqual([]);
        }
    });
});

describe("in a stranger's repository", () => {
    it('npx actors-move runs the Actor that is there, and finds its flaw', () => {
        const { status, stdout } = runFreely(
            'npx',
            ['--no-install', 'actors-move', 'run', '--compare', '--fault', 'crash'],
            stranger,
        );

        expect(stdout).toMatch(/stranger, struck by crash at call@3:after/);
        expect(stdout).toMatch(/Record OUTPUT, rows is 2, undisturbed 4\./);
        expect(status).toBe(1);
    });

    it('says its version, and how npx calls it', () => {
        const bin = join(installed, 'dist', 'src', 'package', 'actors-move.js');
        const call = (...args: string[]): Ended => {
            return runFreely(process.execPath, [bin, ...args], stranger, { npm_command: 'exec' });
        };

        expect(call('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
        expect(call('run', '--help').stdout).toMatch(/^npx actors-move run \[folder\] \[options\]\n/);
        expect(call('run', '--sample', '3')).toMatchObject({
            status: 2,
            stderr: '--sample goes with --prove. See npx actors-move run --help.\n',
        });
    });

    it('a vitest test of five lines, as the READMEs show it, tries the Actor', async () => {
        const readmes = [join(installed, 'README.md'), join(projectRoot, 'README.md')];
        const [example, same] = await Promise.all(readmes.map(async (file) => exampleIn(await readFile(file, 'utf8'))));
        expect(same).toBe(example);
        // This Actor hears no event: only what comes without one strikes it before it has ended.
        await writeFiles({ 'moves.test.mjs': example!.replace("fault: 'migrate'", "fault: 'crash'") });
        const vitest = join(stranger, 'node_modules', 'vitest', 'vitest.mjs');
        const test = (): Ended => runFreely(process.execPath, [vitest, 'run', 'moves.test.mjs'], stranger);
        const flawed = test();
        await writeFile(join(stranger, 'main.js'), STRANGER['main.js'].replace('{ rows }', '{ rows: 4 }'));

        expect(flawed.status).toBe(1);
        expect(flawed.stderr).toMatch(/Record OUTPUT, rows is 2, undisturbed 4\./);
        expect(test()).toMatchObject({ status: 0 });
    });

    it('its types hold a test to what there is', () => {
        const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');

        expect(runFreely(process.execPath, [tsc, '-p', '.'], stranger)).toMatchObject({ status: 0, stdout: '' });
    });
});
