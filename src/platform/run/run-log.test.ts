import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { RunLog } from './run-log.js';

let log: RunLog;

beforeEach(() => {
    log = new RunLog(join(temporaryDirectory(), 'logs', 'r.log'));
});
afterEach(removeTemporaryDirectories);

const AT = '1970-01-01T00:00:00.001Z';

async function nextText(stream: Readable): Promise<string> {
    for (let chunk = stream.read() as Buffer | null; ; chunk = stream.read() as Buffer | null) {
        if (chunk) return chunk.toString();
        await once(stream, 'readable');
    }
}

describe('who follows a log', () => {
    test('gets what was there, what comes as it comes, and its end', async () => {
        log.append('one', 1);
        const stream = log.follow();
        expect(await nextText(stream)).toBe(`${AT} one\n`);
        const more = nextText(stream);
        log.append('two', 1);
        expect(await more).toBe(`${AT} two\n`);
        const rest = text(stream);
        log.append('three', 1);
        log.end();
        expect(await rest).toBe(`${AT} three\n`);
    });

    test('may come before the first line, and after an end for what comes next', async () => {
        log.end();
        const whole = text(log.follow());
        for (let n = 1; n <= 1_000; n++) log.append(`line ${n}`, 1);
        log.end();
        expect((await whole).split('\n')).toHaveLength(1_001);
    });

    test('and has stalled costs no memory, and misses nothing', async () => {
        setFlagsFromString('--expose-gc');
        const collect = runInNewContext('gc') as () => void;
        const held = (): number => {
            // The second collection ends the sweeping of the first, which goes on in another thread.
            collect();
            collect();
            const { heapUsed, external } = process.memoryUsage();
            return heapUsed + external;
        };
        const stream = log.follow();
        log.append('first', 1);
        expect(await nextText(stream)).toBe(`${AT} first\n`);
        const before = held();
        const [count, line] = [4_000, 'x'.repeat(10_000)];
        for (let n = 0; n < count; n++) log.append(line, 1);

        // What is printed has 40 MB.
        expect(held() - before).toBeLessThan(10_000_000);

        log.end();
        let length = 0;
        for await (const chunk of stream as AsyncIterable<Buffer>) length += chunk.length;
        expect(length).toBe(count * `${AT} ${line}\n`.length);
    });

    test('and leaves is waited for by nobody', async () => {
        const stream = log.follow();
        const closed = once(stream, 'close');
        stream.destroy();
        await closed;
        log.append('one', 1);
        log.end();
        expect(stream.destroyed).toBe(true);
    });
});
