import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { compiled } from '../base/paths.js';
import { inTemporaryFolder } from '../base/temporary-folder.js';

interface Ended {
    status: number | string;
    stdout: string;
    stderr: string;
}

async function run(command: string, args: string[], cwd: string): Promise<Ended> {
    return new Promise((resolve) => {
        execFile(process.execPath, [compiled(`src/cli/${command}.js`), ...args], { cwd }, (error, stdout, stderr) => {
            resolve({ status: error?.code ?? 0, stdout, stderr });
        });
    });
}

describe('npm run replay', () => {
    it('shows a run again, from its folder: entry by entry, and as a page of at most 250 kB', async () => {
        await inTemporaryFolder(async (cwd) => {
            const html = ['--html', 'solution.html'];
            const solution = await run(
                'solution',
                ['3', '--fault', 'migrate', '--latency', '20', '--data', 'kept', ...html],
                cwd,
            );
            expect(solution.status).toBe(0);
            const page = readFileSync(join(cwd, 'solution.html'), 'utf8');
            expect(page.length).toBeLessThan(250_000);
            expect(page).toContain('<h1>Step 3 (sets counts instead of adding to them), struck by: migrate</h1>');
            expect(page).not.toContain(cwd);

            const plain = await run('replay', ['kept', '--plain'], cwd);
            expect(plain).toMatchObject({ status: 0, stderr: '' });
            expect(plain.stdout).toMatch(/^#\d+ \d+\.\d s, process 1: migrate strikes at dataset_items_post@11:after/m);
            expect(plain.stdout).toMatch(/^#\d+ .*: saved ASIN_OFFERS: .*; owed: 0 offers/m);

            const again = await run('replay', ['kept', '--html', 'again.html'], cwd);
            expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('again.html') });
            expect(readFileSync(join(cwd, 'again.html'), 'utf8')).toContain(
                'struck by migrate:dataset_items_post@11:after',
            );
        });
    });

    it.each([
        [[], /Name the folder of a run/],
        [['missing'], /There is no missing/],
        [['.'], /No run was recorded in/],
        [['.', '--plain', '--html', 'x.html'], /Give --plain or --html, not both/],
    ])('says what is wrong with %j', async (args, message) => {
        await inTemporaryFolder(async (cwd) => {
            expect(await run('replay', args, cwd)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
        });
    });
});

describe('a report that can not be written', () => {
    it.each([
        ['solution', ['0']],
        ['move', ['.', '--', 'node', '-e', '0']],
        ['prove', ['0']],
    ])('is refused by npm run %s before anything runs', async (command, args) => {
        await inTemporaryFolder(async (cwd) => {
            const ended = await run(command, ['--html', join('missing', 'report.html'), ...args], cwd);

            expect(ended).toMatchObject({ status: 2, stderr: expect.stringMatching(/can't be written: ENOENT/) });
            expect(existsSync(join(cwd, '.actors-move'))).toBe(false);
        });
    });
});
