import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { firstMissing, nodeArgumentsOf, type ShownOutput, shownOutputs } from './console-blocks.js';
import { readRepository } from './repository.js';

/** Most of a watchable run is waiting for pages. */
const AT_ONCE = 8;
/** A command that takes longer is not one to show. */
const MAX_MILLIS = 150_000;

const repository = readRepository(projectRoot);
const { scripts } = JSON.parse(repository.get('package.json')!) as { scripts: Record<string, string> };
const byCommand = new Map<string, ShownOutput[]>();
for (const shown of shownOutputs(repository)) {
    byCommand.set(shown.command, [...(byCommand.get(shown.command) ?? []), shown]);
}
const outputs = new Map<string, Promise<string>>();
let home: string;

beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'actors-move-'));
    const waiting = [...byCommand.keys()];
    const ends = new Map<string, (output: Promise<string>) => void>();
    for (const command of waiting) outputs.set(command, new Promise((resolve) => ends.set(command, resolve)));
    const work = async (): Promise<void> => {
        for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
            const output = run(command);
            ends.get(command)!(output);
            await output.catch(() => {});
        }
    };
    for (let n = 0; n < AT_ONCE; n++) void work();
});

afterAll(async () => {
    await Promise.allSettled(outputs.values());
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs a command as npm does, but in a folder of its own and without a terminal; gives all that it prints. */
async function run(command: string): Promise<string> {
    const [file, ...args] = nodeArgumentsOf(command, scripts);
    return new Promise((resolve, reject) => {
        const child = execFile(
            process.execPath,
            [join(projectRoot, file!), ...args],
            {
                cwd: home,
                env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ACTORS_MOVE_HOME: join(home, 'course') },
                maxBuffer: 64 * 1024 * 1024,
                timeout: MAX_MILLIS,
            },
            (error, stdout, stderr) => {
                // Its exit code is its own affair: a proof that is shown to fail ends with 1.
                if (error && (error as { killed?: boolean }).killed) reject(new Error(`$ ${command} took too long.`));
                else resolve(stdout + stderr);
            },
        );
        child.stdin?.end();
    });
}

describe('what a text shows is what the command prints:', () => {
    it.each([...byCommand])(
        '$ %s',
        async (command, blocks) => {
            const output = await outputs.get(command)!;

            expect(blocks.flatMap((block) => whatIsWrong(block, output))).toEqual([]);
        },
        byCommand.size * MAX_MILLIS,
    );
});

function whatIsWrong({ file, line, command, output: block }: ShownOutput, output: string): string[] {
    const missing = firstMissing(block, output);
    if (missing === undefined) return [];
    return [`${file}:${line}: $ ${command} does not print, where it is shown:\n${missing}\nIt prints:\n${output}`];
}
