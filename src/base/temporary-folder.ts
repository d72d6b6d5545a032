import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does some work in a temporary folder of its own, which is gone when this resolves or rejects. */
export async function inTemporaryFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await work(dir);
    } finally {
        // Windows may hold on to the files of a process for a moment after its end.
        await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
}
