import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    realpathSync,
    renameSync,
    rmSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished, vi } from 'vitest';

import { type WatchedFolder, watchFolder } from './watch-folder.js';

it('a file that is saved while a watcher begins, or since a time before it, is told of, and no older one', async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'actors-move-')));
    const [older, newer] = [join(dir, 'older.js'), join(dir, 'newer.js')];
    const began = Date.now();
    for (const [file, at] of [
        [older, began - 60_000],
        [newer, began + 60_000],
    ] as const) {
        writeFileSync(file, '');
        utimesSync(file, at / 1_000, at / 1_000);
    }
    const watches: WatchedFolder[] = [];
    onTestFinished(async () => {
        await Promise.all(watches.map(async (watched) => watched.close()));
        rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
    });
    const watch = (since: number): Promise<string> =>
        new Promise((resolve) => {
            watches.push(watchFolder(dir, { poll: false, since, onChange: () => resolve(`since ${since - began}`) }));
        });

    expect(await watch(began)).toBe('since 0');
    const silent = watch(began + 120_000);
    expect(await watch(began - 120_000)).toBe('since -120000');
    const ofThese = Promise.race([silent, watch(began + 30_000)]);
    expect(await ofThese).toBe('since 30000');
});

it('a folder is watched whatever becomes of it: reset, renamed, replaced, taken away with the one around it', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'actors-move-')));
    const dir = join(root, 'workspace', 'asin-tracker');
    const save = (text: string): void => writeFileSync(join(dir, 'main.js'), text);
    mkdirSync(dir, { recursive: true });
    save('');
    let told = 0;
    const watched = watchFolder(dir, { poll: false, onChange: () => told++ });
    onTestFinished(async () => {
        await watched.close();
        rmSync(root, { recursive: true, force: true, maxRetries: 10 });
    });
    const isTold = async (change: (n: number) => void): Promise<boolean> => {
        const before = told;
        for (let n = 0; told === before && n < 100; n++) {
            change(n);
            await vi.waitUntil(() => told > before, { timeout: 1_000 }).catch(() => {});
        }
        return told > before;
    };
    const once = (change: () => void) => (n: number) => (n === 0 ? change() : undefined);

    expect(await isTold((n) => save(`begin ${n}`))).toBe(true);
    const steps: [string, (n: number) => void][] = [
        [
            'reset',
            once(() => {
                cpSync(dir, `${dir}.new`, { recursive: true });
                renameSync(dir, `${dir}-aside`);
                renameSync(`${dir}.new`, dir);
            }),
        ],
        ['saved after the reset', (n) => save(`reset ${n}`)],
        ['taken away', once(() => rmSync(dir, { recursive: true }))],
        ['made anew', once(() => mkdirSync(dir))],
        ['saved in the new one', (n) => save(`new ${n}`)],
        ['renamed with the folder around it', once(() => renameSync(join(root, 'workspace'), join(root, 'other')))],
        ['back with it', once(() => renameSync(join(root, 'other'), join(root, 'workspace')))],
        ['saved after that', (n) => save(`back ${n}`)],
        ...(process.platform === 'win32'
            ? []
            : ([
                  [
                      'a link',
                      once(() => {
                          renameSync(dir, join(root, 'elsewhere'));
                          symlinkSync(join(root, 'elsewhere'), dir);
                      }),
                  ],
                  ['saved behind the link', (n) => save(`link ${n}`)],
              ] as [string, (n: number) => void][])),
    ];
    const missed: string[] = [];
    for (const [what, change] of steps) if (!(await isTold(change))) missed.push(what);

    expect(missed).toEqual([]);
});
