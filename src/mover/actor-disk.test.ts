import { execFileSync } from 'node:child_process';
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    truncateSync,
    writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { ActorDisk } from './actor-disk.js';

let project: string;
let folder: string;
beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
    folder = join(project, 'actors', 'mine');
    write('package.json', '{}');
    write('node_modules/of-the-project/index.js', 'module.exports = "project"');
    write('actors/shared.js', 'module.exports = "shared"');
    write('actors/mine/node_modules/of-its-own/index.js', 'module.exports = "own"');
    write('actors/mine/main.js', '');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(path: string, text: string): void {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), text);
}

function open(): ActorDisk {
    const disk = new ActorDisk(folder);
    onTestFinished(() => disk.remove());
    return disk;
}

describe("the disk of an Actor's processes", () => {
    it('finds packages and files around it as the folder itself does, and its own by their whole path', () => {
        write(
            'actors/mine/main.js',
            'console.log([require("of-the-project"), require("of-its-own"), require("../shared")].join())',
        );
        const { command, cwd, env } = open().place([process.execPath, join(folder, 'main.js')]);

        expect(command).toEqual([process.execPath, join(cwd, 'main.js')]);
        expect(cwd).not.toBe(folder);
        expect(basename(cwd)).toBe('mine');
        const said = execFileSync(command[0], command.slice(1), {
            cwd,
            env: { ...process.env, ...env },
            encoding: 'utf8',
        });
        expect(said).toBe('project,own,shared\n');
    });

    it('is what the folder is for each process, whatever the one before wrote', () => {
        write('actors/mine/lib/deep/part.js', 'part');
        const disk = open();
        const { cwd, env } = disk.place(['node', 'main.js']);
        writeFileSync(join(cwd, 'progress.json'), '5');
        writeFileSync(join(cwd, 'main.js'), 'changed');
        rmSync(join(cwd, 'lib'), { recursive: true });
        mkdirSync(join(cwd, 'made'));
        writeFileSync(join(cwd, 'made', 'file'), 'x');
        writeFileSync(join(env.TMPDIR!, 'cache'), 'x');
        disk.renew();

        expect(disk.left.toSorted()).toEqual(['made/file', 'progress.json', 'tmp/cache']);
        expect(['progress.json', 'made'].filter((name) => existsSync(join(cwd, name)))).toEqual([]);
        expect(readFileSync(join(cwd, 'lib', 'deep', 'part.js'), 'utf8')).toBe('part');
        expect(readFileSync(join(cwd, 'main.js'), 'utf8')).toBe('');
        expect(existsSync(env.TMPDIR!)).toBe(true);
        expect(existsSync(join(env.TMPDIR!, 'cache'))).toBe(false);
        expect(existsSync(join(folder, 'progress.json'))).toBe(false);
        expect(existsSync(join(folder, 'node_modules', 'of-its-own'))).toBe(true);
    });

    it('has no history, no local storages and no data of runs', () => {
        write('actors/mine/.git/HEAD', '');
        write('actors/mine/storage/datasets/default/1.json', '{}');
        write('actors/mine/.actors-move/run/journal.jsonl', '');
        write('actors/mine/kept/journal.jsonl', '');
        write('actors/mine/lib/storage/index.js', '');
        const { cwd } = open().place(['node', 'main.js']);

        const names = ['.git', 'storage', '.actors-move', 'kept', 'lib/storage/index.js'];
        expect(names.filter((name) => existsSync(join(cwd, name)))).toEqual(['lib/storage/index.js']);
    });

    it('of a link is that of the folder that it leads to', () => {
        write('actors/mine/main.js', 'console.log([require("of-the-project"), require("../shared")].join())');
        const link = join(project, '..', `${basename(project)}-link`);
        symlinkSync(folder, link, 'junction');
        onTestFinished(() => rmSync(link));
        const disk = new ActorDisk(link);
        onTestFinished(() => disk.remove());
        const { command, cwd } = disk.place([process.execPath, join(link, 'main.js')]);

        expect(execFileSync(command[0], command.slice(1), { cwd, encoding: 'utf8' })).toBe('project,shared\n');
    });

    it('is gone when it is removed, and the folder is not', () => {
        const disk = new ActorDisk(folder);
        disk.remove();

        expect(existsSync(disk.root)).toBe(false);
        expect(existsSync(join(folder, 'node_modules', 'of-its-own', 'index.js'))).toBe(true);
        expect(existsSync(join(project, 'node_modules', 'of-the-project', 'index.js'))).toBe(true);
    });
});

describe('no disk is made of a folder', () => {
    it('that is too large', () => {
        write('actors/mine/data.bin', '');
        truncateSync(join(folder, 'data.bin'), 101 * 1024 * 1024);

        expect(() => open()).toThrow(/^its folder holds more than 100 MB or 5000 files besides its packages$/);
    });

    it.skipIf(process.platform === 'win32')('that holds what is no file', async () => {
        const server = createServer();
        await new Promise<void>((resolve) => {
            server.listen(join(folder, 'socket'), resolve);
        });
        onTestFinished(() => {
            server.close();
        });

        expect(() => open()).toThrow(/socket is neither a file nor a folder$/);
    });

    it('in which temporary files go', () => {
        for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
        onTestFinished(() => {
            vi.unstubAllEnvs();
        });

        expect(() => open()).toThrow(/^the folder for temporary files lies in its own$/);
    });

    it('whose packages are known by their places', () => {
        write('.pnp.cjs', '');

        expect(() => open()).toThrow(/\.pnp\.cjs names places of packages$/);
    });
});
