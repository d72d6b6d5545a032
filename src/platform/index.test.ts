import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';

import { afterEach, expect, test } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from './fixtures/temporary-directory.js';
import { openPlatform } from './index.js';

afterEach(removeTemporaryDirectories);

test('a port may be asked for, and one that is taken is an error that gives the directory back', async () => {
    const dir = temporaryDirectory();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(openPlatform({ dir, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
    await once(other, 'close');
    const platform = await openPlatform({ dir, port });
    expect(platform.baseUrl).toBe(`http://127.0.0.1:${port}`);
    await platform.close();
});

test('a directory is held until the platform is closed', async () => {
    const dir = temporaryDirectory();
    const platform = await openPlatform({ dir });
    await expect(openPlatform({ dir })).rejects.toThrow(`is held by process ${process.pid}`);
    await platform.close();
    await (await openPlatform({ dir })).close();
});

test('two platforms side by side know nothing of each other', async () => {
    const [first, second] = [
        await openPlatform({ dir: temporaryDirectory() }),
        await openPlatform({ dir: temporaryDirectory() }),
    ];
    const headers = { authorization: `Bearer ${first.token}` };
    expect((await fetch(`${first.baseUrl}/v2/users/me`, { headers })).status).toBe(200);
    expect((await fetch(`${second.baseUrl}/v2/users/me`, { headers })).status).toBe(401);
    await first.close();
    await second.close();
});
