/* eslint-disable no-control-regex -- Control characters are what these tests look for. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { lateRun, RunScript } from '../../trace/fixtures/run-script.js';
import { Timeline } from './timeline.js';

/** What a timeline writes of a run. */
function drawn({ entries }: RunScript, { verbose = false, columns = 0 } = {}): string {
    let text = '';
    const output = new PassThrough().setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const terminal = Object.assign(output, { isTTY: columns > 0, columns }) as unknown as NodeJS.WriteStream;
    const timeline = new Timeline(terminal, verbose);
    for (const entry of entries) timeline.show(entry);
    timeline.end();
    output.end();
    output.read();
    return text;
}

/** What stands behind the time of each line. */
function lines(text: string): string[] {
    return stripVTControlCharacters(text).trimEnd().split('\n');
}

describe('the timeline', () => {
    it('draws the run: pages, pushes, saves, what is in flight, the strike, and the cause', () => {
        expect(lines(drawn(lateRun()))).toEqual([
            '   0.0s  1             · a run is tried, struck by migrate:offers@2, shop at http://127.0.0.1:8000, platform at http://127.0.0.1:9000',
            '   0.1s  1             ▶ process 1 boots',
            '   1.0s  1 ▪           → offers page B000000001 asked for',
            '   1.0s  1 ▪           ◆ 2 rows pushed, of B000000001',
            '   1.0s  1             ✓ offers page B000000001 handled, not saved yet',
            '   1.0s  1             ≡ object logged: 1 ASIN, 2 offers',
            '   2.0s  1 ▪           → offers page B000000002 asked for',
            '   2.0s  1 ▪           ⚡ migrate strikes at offers@2, with 1 request in flight',
            "   2.0s  1 ▪           ! event 'migrating' sent, 10 s remain, 1 request in flight",
            '   2.5s  1 ▪           ● saved ASIN_OFFERS: 1 ASIN, 2 offers, 1 request in flight',
            '   3.0s  1 ▪           ◆ 3 rows pushed, of B000000002',
            '   3.0s  1             ✓ offers page B000000002 handled, after the save',
            '  12.0s  1             ■ process 1 killed (SIGKILL); 1 page handled, and nobody saves it any more',
            '  12.1s  2             ▶ process 2 boots',
            '  13.1s  2             ● saved OUTPUT: 1 ASIN, 2 offers',
            '  13.1s  2             □ process 2 exited with code 0; 1 page handled, and nobody saves it any more',
            '  13.1s  2             · run SUCCEEDED, exit code 0',
            '                       ✘ Last save at 2.5 s; this page was finished after it: B000000002.',
        ]);
    });

    it('puts what comes at about the same time into one line', () => {
        const script = new RunScript({ A: 1, B: 1, C: 1, D: 1, E: 1 }).boot().lock('offers', 'A', 'B', 'C', 'D', 'E');
        for (const asin of ['A', 'B', 'C', 'D', 'E']) script.wait(10).ask('offers', asin);
        for (const asin of ['A', 'B', 'C']) script.wait(200).push(asin, 1).handle('offers', asin);

        expect(lines(drawn(script)).slice(2)).toEqual([
            '   0.0s  1 ▪▪▪▪▪       → 5 pages asked for: offers A, offers B, offers C and 2 more',
            '   0.3s  1 ▪▪▪         ◆ 3 rows pushed, of A, B, C',
            '   0.3s  1 ▪▪          ✓ 3 pages handled, not saved yet: offers A, offers B, offers C',
            expect.stringMatching('Nothing was ever saved'),
        ]);
    });

    it('shows what Crawlee says of itself, calls and locks only when asked', () => {
        const script = lateRun();
        script.call('dataset_items_post');

        expect(drawn(script)).not.toMatch(/System info|pushes rows/);
        expect(drawn(script, { verbose: true })).toMatch(/System info[^]*API call 1 pushes rows/);
    });

    it('shows what an Actor prints as text: nothing of it moves the cursor or turns the line around', () => {
        const text = drawn(new RunScript().boot().line('a\u001B[2J\u001B[H\u202Eb\u0007'));

        expect(text).toContain('a\uFFFDb\uFFFD');
        expect(text).not.toMatch(/\u001B\[2J|\u202E|\u0007/);
    });

    it('fits a terminal of 80 columns', () => {
        // What a line has written over is gone.
        const seen = drawn(lateRun(), { columns: 80 }).replaceAll(/[^\n]*\u001B\[1G/g, '');

        expect(lines(seen).length).toBeGreaterThan(18);
        for (const line of lines(seen)) expect(line.length).toBeLessThanOrEqual(80);
    });

    it('writes over nothing where the terminal can not move its cursor, or there is none', () => {
        vi.stubEnv('TERM', 'dumb');
        onTestFinished(() => {
            vi.unstubAllEnvs();
        });

        expect(drawn(lateRun(), { columns: 80 })).not.toMatch(/\u001B\[\d*[GKJH]|█/);
        expect(drawn(lateRun())).not.toMatch(/\u001B\[\d*[GKJH]|█/);
    });
});
