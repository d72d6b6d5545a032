import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { inTemporaryFolder } from '../base/temporary-folder.js';

const PRELOAD = './src/cli/assert-built.cjs';

describe('a command of which nothing is compiled', () => {
    it.each([
        [true, 'Run npm run build, then this again.'],
        [false, 'Run npm ci, then this again.'],
    ])('says what to do where packages are installed: %s', async (isInstalled, what) => {
        await inTemporaryFolder(async (cwd) => {
            if (isInstalled) mkdirSync(join(cwd, 'node_modules'));
            const args = ['-r', join(projectRoot, PRELOAD), 'dist/src/cli/start.js'];
            const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });

            expect(stderr).toBe(`Nothing of the course is compiled yet. ${what}\n`);
            expect(stdout).toBe('');
            expect(status).toBe(2);
        });
    });

    it('runs as ever once it is there', async () => {
        await inTemporaryFolder(async (cwd) => {
            writeFileSync(join(cwd, 'main.js'), 'console.log(process.argv.slice(2).join())');
            const args = ['-r', join(projectRoot, PRELOAD), 'main.js', '--a', 'b'];
            expect(spawnSync(process.execPath, args, { cwd, encoding: 'utf8' }).stdout).toBe('--a,b\n');
        });
    });

    it('is what every script of package.json begins with', () => {
        const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
            scripts: Record<string, string>;
        };
        const commands = Object.values(scripts).filter((script) => /^node .*dist\//.test(script));

        expect(commands.length).toBeGreaterThan(15);
        for (const command of commands) expect(command).toMatch(`node -r ${PRELOAD} dist/`);
    });
});
