import { rm } from 'node:fs/promises';

import { makeTemporaryFolder } from '../base/temporary-folder.js';
import { openPlatform, type Platform, type PlatformOptions } from '../platform/index.js';

/**
 * Opens a local Apify platform for a test: it speaks the Apify API, runs Actors in child processes and moves them.
 *
 * @param options Without `dir`, its data goes to a temporary folder, which `close` removes.
 * @throws Error when the directory is held by another process, or the port is taken.
 * @example
 * const platform = await movePlatform();
 * const actor = platform.define({ name: 'mine', command: ['node', 'dist/main.js'], cwd: '.' });
 * const run = await platform.start(actor, { input: { pages: 3 } });
 * await run.migrate();
 * console.log((await run.finished()).status);
 * await platform.close();
 */
export async function movePlatform(options: Partial<PlatformOptions> = {}): Promise<Platform> {
    if (options.dir !== undefined) return openPlatform({ ...options, dir: options.dir });
    const dir = makeTemporaryFolder();
    const platform = await openPlatform({ ...options, dir });
    const close = platform.close.bind(platform);
    platform.close = async () => {
        await close();
        await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    };
    return platform;
}
