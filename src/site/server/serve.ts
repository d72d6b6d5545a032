import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

import { UsageError } from '../../base/usage-error.js';
import { courseApp } from './app.js';
import { newToken, TOKEN_PARAMETER } from './guard.js';
import { Jobs } from './jobs.js';

export interface CourseServer {
    /** The address to open, with its token. */
    url: string;
    port: number;
    /** Ends what is at work, and the server. */
    close: () => Promise<void>;
}

/**
 * Opens the course on this machine, for nobody but who has its address.
 *
 * @param port 0 takes any that is free.
 * @throws UsageError when the port is taken, or may not be used.
 */
export async function serveCourse({
    port,
    warn,
}: {
    port: number;
    warn: (message: string) => void;
}): Promise<CourseServer> {
    const jobs = new Jobs();
    const closing = new AbortController();
    // The guard has to know the port, which is known when the server listens.
    let app = new Hono();
    const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) });
    await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
            reject(
                new UsageError(`Port ${port} can't be used: ${error.code ?? error.message}. Name another with --port.`),
            ),
        );
        server.listen(port, '127.0.0.1', resolve);
    });
    const token = newToken();
    const { port: taken } = server.address() as AddressInfo;
    app = courseApp({ jobs, warn, closing: closing.signal }, { port: taken, token });
    return {
        url: `http://127.0.0.1:${taken}/?${TOKEN_PARAMETER}=${token}`,
        port: taken,
        close: async () => {
            closing.abort();
            await jobs.close();
            await new Promise<void>((resolve) => {
                server.close(() => resolve());
                if ('closeAllConnections' in server) server.closeAllConnections();
            });
        },
    };
}
