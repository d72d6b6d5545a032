import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fill, readAdvice } from './content.js';
import type { Limits } from './guard.js';
import { runCheck } from './run-check.js';
import { STAGES } from './stages.js';

let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Checks an Actor that is one file; returns what is said of it. */
async function seenOf(name: string, main: string, limits: Partial<Limits> = {}): Promise<string> {
    const dir = join(folder, name, 'workspace', 'asin-tracker');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'main.mjs'), main);
    const { stages } = await runCheck({ dir, stages: STAGES.slice(0, 1), limits });
    const { advice, values } = stages[0]!.reports[0]!.finding!;
    return fill(readAdvice()[advice]!.seen, values ?? {});
}

const INIT = "import { Actor } from 'apify'; await Actor.init();";
const PATIENCE = { patienceMillis: 2_000 };

describe.concurrent('an Actor ends in bounded time, and a sentence says why: one that', { timeout: 120_000 }, () => {
    it.each<[string, string, Partial<Limits>, RegExp]>([
        [
            'waits for what never comes',
            'setInterval(() => {}, 1_000); await new Promise(() => {});',
            PATIENCE,
            /^The Actor did nothing for 2 s, with 0 of 5 pages fetched, so it was ended\.$/,
        ],
        ['spins, deaf to all signals', "process.on('SIGTERM', () => {}); for (;;);", PATIENCE, /did nothing for/],
        [
            'is always at work',
            `${INIT} const { baseUrl } = await Actor.getInput(); for (;;) await fetch(baseUrl + '/s?k=phone&page=1');`,
            { maxMillis: 8_000 },
            /^The Actor was still at work after 8 s, with [01] of 5 pages fetched, so it was ended\.$/,
        ],
        ['leaves at once', 'process.exit(0);', {}, /^The Actor ended with only 0 of 5 pages fetched\.$/],
        [
            'waits for nothing that keeps it alive',
            'await new Promise(() => {});',
            {},
            /^The Actor ended while it still waited for a promise .*, with 0 of 5 pages fetched\.$/,
        ],
        [
            'throws',
            'const state = undefined;\n\nstate.counts = 1;',
            {},
            /^The Actor failed: TypeError: Cannot set properties of undefined \(setting 'counts'\) \(.*asin-tracker\/main\.mjs:3:\d+\)$/,
        ],
        [
            'floods its log',
            "for (;;) await new Promise((resolve) => process.stdout.write('all the same\\n'.repeat(500), resolve));",
            { maxLogLength: 200_000 },
            /^The Actor wrote so much to its log that it was ended\. Its last line: all the same$/,
        ],
        [
            'floods its log without an end of line',
            "for (;;) await new Promise((resolve) => process.stdout.write('x'.repeat(10_000), resolve));",
            { maxLogLength: 200_000 },
            /^The Actor wrote so much to its log that it was ended\. Its last line: x{100,120}$/,
        ],
        [
            'fills its heap',
            'const list = []; for (;;) list.push(new Array(100_000).fill(0.5));',
            { patienceMillis: 60_000 },
            /^The Actor took more memory than it may have \(512 MB\), so it was ended\.$/,
        ],
        [
            'eats memory outside its heap',
            "const list = []; setInterval(() => list.push(Buffer.alloc(20_000_000, 'x')), 20);",
            { patienceMillis: 60_000, maxMemoryBytes: 300_000_000 },
            /^The Actor took more memory than it may have/,
        ],
    ])('%s', async (name, main, limits, sentence) => {
        const startedAt = Date.now();

        expect(await seenOf(name.replaceAll(/\W+/g, '-'), main, limits)).toMatch(sentence);
        expect(Date.now() - startedAt).toBeLessThan(60_000);
    });
});
