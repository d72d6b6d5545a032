import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { actorFolder } from './actor-folder.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function folder(files: Record<string, unknown>, prefix = 'actor-folder-'): string {
    const dir = mkdtempSync(join(tmpdir(), prefix));
    made.push(dir);
    for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true });
        writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return dir;
}

const withScripts = (scripts: Record<string, string>): string => folder({ 'package.json': { scripts } });
const NPM =
    process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm start --silent'] : ['npm', 'start', '--silent'];

test('the name is that of .actor/actor.json, and the command the start script', async () => {
    const dir = folder({
        '.actor/actor.json': { actorSpecification: 1, name: 'my-actor', version: '0.0' },
        'package.json': { name: 'other', scripts: { start: 'node --enable-source-maps dist/main.js' } },
    });
    expect(await actorFolder(dir)).toEqual({
        name: 'my-actor',
        command: [process.execPath, '--enable-source-maps', 'dist/main.js'],
        cwd: dir,
    });
});

test('without .actor/actor.json the package names it, and without that the folder', async () => {
    const scripts = { start: 'node main.js' };
    expect((await actorFolder(folder({ 'package.json': { name: '@me/My_Actor', scripts } }))).name).toBe('my-actor');
    expect((await actorFolder(folder({ 'package.json': { scripts } }, 'Named So '))).name).toMatch(
        /^named-so-[a-z0-9-]+$/,
    );
});

test('a script that only starts another is followed to it', async () => {
    const dir = withScripts({ start: 'npm run start:prod', 'start:prod': 'node dist/main.js' });
    expect((await actorFolder(dir)).command).toEqual([process.execPath, 'dist/main.js']);
});

test.each([
    ['starts another program', { start: 'tsx src/main.ts' }],
    ['needs a shell', { start: 'node main.js && echo done' }],
    ['sets a variable', { start: 'A=1 node main.js' }],
    ['names a variable', { start: 'node $MAIN' }],
    ['has something to do before', { prestart: 'tsc', start: 'node main.js' }],
    ['leads to one that has something to do after', { start: 'npm run now', now: 'node main.js', postnow: 'true' }],
    ['leads nowhere', { start: 'npm run gone' }],
    ['leads to itself', { start: 'npm start' }],
])('a script that %s runs through npm', async (_what, scripts) => {
    expect((await actorFolder(withScripts(scripts as Record<string, string>))).command).toEqual(NPM);
});

test.each([
    ['there is no such folder', () => join(tmpdir(), 'no-such-folder-anywhere'), /^There is no folder /],
    ['there is no package.json', () => folder({}), /has no package\.json/],
    ['there is no start script', () => withScripts({ test: 'true' }), /package\.json has no start script/],
    ['package.json is no JSON', () => folder({ 'package.json': '{' }), /package\.json is not valid JSON/],
    ['a script is no text', () => folder({ 'package.json': { scripts: { start: 1 } } }), /scripts\.start is wrong/],
    ['actor.json is a text', () => folder({ '.actor/actor.json': '"text"' }), /actor\.json: the file is wrong/],
])('it is said what is wrong when %s', async (_what, make, message) => {
    await expect(actorFolder(make())).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(message),
    });
});
