import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openPlatform } from '../platform/index.js';

let dir: string;

beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
});

afterEach(async () => {
    await rm(dir, { recursive: true, force: true });
});

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url));

describe('a persistState listener on the platform', () => {
    it.each([
        ['listener-before-init', undefined],
        ['listener-after-init', { B079ZJ1BPR: 3 }],
    ])('of the Actor %s saves %j', async (name, saved) => {
        const platform = await openPlatform({ dir });
        try {
            const actor = platform.define({ name, command: [process.execPath, fixture(name)], cwd: dir });
            const run = await platform.start(actor);
            const { status, keyValueStoreId } = await run.finished();

            const { content } = platform.store.find('key-value-stores', keyValueStoreId);
            const record = content.records.get('COUNTS');
            expect(status).toBe('SUCCEEDED');
            expect(record && JSON.parse(platform.store.bytesOf(record.value).toString())).toEqual(saved);
        } finally {
            await platform.close();
        }
    });
});

describe('a persistState listener that was added before Actor.init(), on Crawlee’s local storage', () => {
    it('writes {} over what was saved at once, so that a kill in the next minute leaves nothing', async () => {
        const store = join(dir, 'storage/key_value_stores/default');
        await mkdir(store, { recursive: true });
        await writeFile(join(store, 'COUNTS.json'), JSON.stringify({ B079ZJ1BPR: 3 }));

        const saved = async (): Promise<unknown> => {
            const text = await readFile(join(store, 'COUNTS.json'), 'utf8');
            // Crawlee's file storage empties a file before it writes it.
            return text === '' ? undefined : JSON.parse(text);
        };

        const child = spawn(process.execPath, [fixture('reads-after-init')], {
            cwd: dir,
            env: { PATH: process.env.PATH, CRAWLEE_PURGE_ON_START: '0' },
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        try {
            for await (const line of createInterface(child.stdout)) if (line.startsWith('read ')) break;
            await expect.poll(saved, { timeout: 10_000 }).toEqual({});
        } finally {
            child.kill('SIGKILL');
            await once(child, 'exit');
        }

        expect(await saved()).toEqual({});
    });
});
