import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { unfinishedBeside } from '../base/unfinished.js';
import { findStep } from '../trial/steps.js';
import { makeWorkspace } from './fixtures/submissions.js';
import { hasWorkspace, openWorkspace, resetWorkspace, STARTER, workspaceDir } from './workspace.js';
import { workspaceDiff } from './workspace-diff.js';

let folder: string;
let dir: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    dir = workspaceDir(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the workspace', () => {
    it('is a copy of the starter', () => {
        expect(hasWorkspace(dir)).toBe(false);
        expect(openWorkspace(dir)).toBe(true);

        expect(readdirSync(dir).sort()).toEqual(readdirSync(STARTER).sort());
        expect(readdirSync(join(folder, 'workspace'))).toEqual(['asin-tracker']);
        expect(hasWorkspace(dir)).toBe(true);
    });

    it('stays as the learner has left it', () => {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'main.js'), 'mine');

        expect(openWorkspace(dir)).toBe(false);

        expect(readdirSync(dir)).toEqual(['main.js']);
        expect(readFileSync(join(dir, 'main.js'), 'utf8')).toBe('mine');
    });

    it('is whole where an earlier copy was not', () => {
        const { pid } = spawnSync(process.execPath, ['-e', '']);
        const left = [pid, process.pid].map((one) => unfinishedBeside(dir).replace(/\d+$/, String(one)));
        for (const folderOfHalf of left) {
            mkdirSync(folderOfHalf, { recursive: true });
            writeFileSync(join(folderOfHalf, 'half.ts'), '');
        }

        openWorkspace(dir);

        expect(existsSync(join(dir, 'half.ts'))).toBe(false);
        expect(readdirSync(join(folder, 'workspace'))).toEqual(['asin-tracker']);
    });

    it('is moved aside under a name with the date, each time another one', () => {
        const now = new Date('2030-01-02T03:04:05.678Z');
        const names = [1, 2].map((n) => {
            openWorkspace(dir);
            writeFileSync(join(dir, 'mine.ts'), `${n}`);
            return resetWorkspace(dir, STARTER, now)!;
        });

        expect(names).toEqual([`${dir}-2030-01-02T03-04-05`, `${dir}-2030-01-02T03-04-05-2`]);
        expect(names.map((name) => readFileSync(join(name, 'mine.ts'), 'utf8'))).toEqual(['1', '2']);
        expect(readdirSync(dir).sort()).toEqual(readdirSync(STARTER).sort());
    });

    it('that is not there is made', () => {
        expect(resetWorkspace(dir)).toBeUndefined();
        expect(hasWorkspace(dir)).toBe(true);
    });

    it('stays where it is while there is no new one', () => {
        openWorkspace(dir);
        writeFileSync(join(dir, 'mine.ts'), 'mine');

        expect(() => resetWorkspace(dir, join(folder, 'no starter'))).toThrow(/ENOENT/);

        expect(readdirSync(join(folder, 'workspace'))).toEqual(['asin-tracker']);
        expect(readFileSync(join(dir, 'mine.ts'), 'utf8')).toBe('mine');
    });
});

describe('the diff to a step', () => {
    it('is empty for the code of the step', () => {
        makeWorkspace(folder, '4-drain');

        expect(workspaceDiff(dir, findStep('4'))).toBe('');
    });

    it('shows what would have to change, file by file', () => {
        makeWorkspace(folder, '3-idempotent');

        const diff = workspaceDiff(dir, findStep('4'));

        expect(diff).toContain('+++ solutions/4-drain/asin-tracker.ts\n');
        expect(diff).toMatch(/^\+ {4}saveBeforeMoving\(/m);
        expect(diff).not.toContain('routes.ts');
    });

    it('sets a file in JavaScript beside the step’s in TypeScript', () => {
        makeWorkspace(folder, '3-idempotent', 'saves-at-once');

        expect(workspaceDiff(dir, findStep('3'))).toMatch(
            /^--- .*asin-tracker\.js\n\+\+\+ solutions\/3-idempotent\/asin-tracker\.ts\n/,
        );
    });

    it('shows a file that only one side has as a whole', () => {
        makeWorkspace(folder, '3-idempotent');
        mkdirSync(join(dir, 'lib'));
        writeFileSync(join(dir, 'lib', 'save.ts'), 'export const mine = 1;\r\n');
        rmSync(join(dir, 'routes.ts'));

        const diff = workspaceDiff(dir, findStep('3'));

        expect(diff).toContain('--- nothing\n+++ solutions/3-idempotent/routes.ts\n');
        expect(diff).toMatch(/--- .*lib\/save\.ts\n\+\+\+ nothing\n@@ .* @@\n-export const mine = 1;\n/);
    });
});
