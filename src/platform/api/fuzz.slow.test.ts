import { expect, test } from 'vitest';

import { seededRandom } from '../../base/random.js';
import { complaint, malformedRequest, sendBytes } from '../fixtures/malformed-request.js';
import { openSecondPlatform } from '../fixtures/second-platform.js';
import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { clientOf, TestPlatform } from '../fixtures/test-platform.js';

const REQUESTS = 10_000;
const AT_ONCE = 32;
const BATCH = 500;
/** A few seconds' work, of which another test's processes may take most. */
const BUSY_MACHINE_MILLIS = 180_000;

test(
    `${REQUESTS} malformed requests end no process, and none is accepted that must not be`,
    async () => {
        const dir = temporaryDirectory();
        // An Actor that ends at once: its file is not there.
        const platform = await openSecondPlatform(dir, 'no-such-file.js');
        const port = Number(new URL(platform.baseUrl).port);
        const client = clientOf(platform);
        const complaints: string[] = [];
        const statuses = new Map<number, number>();
        const failed = new Set<string>();
        let next = 0;
        let runId = '';
        const worker = async (end: number): Promise<void> => {
            while (next < end) {
                const seed = next++;
                const request = malformedRequest(seededRandom(seed), platform.token, runId);
                const answer = await sendBytes(port, request);
                if (request.mustFail !== undefined) failed.add(request.mustFail);
                if (!answer) continue;
                statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
                const wrong = complaint(request, answer);
                if (wrong)
                    complaints.push(`seed ${seed}: ${wrong}\n${request.bytes.subarray(0, 300).toString('latin1')}`);
            }
        };
        for (let end = BATCH; end <= REQUESTS; end += BATCH) {
            // Some requests are right by chance and delete what the others need.
            await client.datasets().getOrCreate('d');
            await client.keyValueStores().getOrCreate('s');
            await client.requestQueues().getOrCreate('q');
            runId = (await client.actor('probe').start()).id;
            await Promise.all(Array.from({ length: AT_ONCE }, async () => worker(end)));
        }
        expect(complaints).toEqual([]);
        expect(platform.process.exitCode).toBeNull();
        expect(await client.user('me').get()).toMatchObject({ username: 'local' });
        // Enough got far enough to be worth it.
        const count = (low: number, high: number): number =>
            [...statuses].reduce((sum, [status, n]) => sum + (status >= low && status < high ? n : 0), 0);
        expect(count(200, 300)).toBeGreaterThan(500);
        expect(count(400, 500)).toBeGreaterThan(5_000);
        for (const what of ['method', 'version', 'host', 'token', 'encoding', 'limit', 'body', 'cut short'])
            expect(failed).toContain(what);
        await platform.kill();
        // What was accepted can be read again.
        const reopened = await TestPlatform.open({ dir });
        expect(await reopened.client.datasets().getOrCreate('d')).toMatchObject({ name: 'd' });
        await reopened.close();
        removeTemporaryDirectories();
    },
    BUSY_MACHINE_MILLIS,
);
