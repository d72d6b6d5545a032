/**
 * Loaded before an Actor: connects it with the local platform where it asks for Apify's API by its public address, as
 * an `ApifyClient` without a `baseUrl` does. Whoever connects by TLS, Node's own `fetch` too, calls `tls.connect`.
 *
 * @module
 */
import { syncBuiltinESMExports } from 'node:module';
import { connect as connectPlainly } from 'node:net';
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls';

import { APIFY_API_HOST } from '../api-host.js';

const connect = tls.connect as (...args: unknown[]) => TLSSocket;

/** The platform of the Actor that this process is. */
const platform = process.env.APIFY_API_BASE_URL;

if (platform !== undefined && URL.canParse(platform)) {
    const { hostname, port } = new URL(platform);
    tls.connect = ((...args: unknown[]): TLSSocket => {
        if (hostname === APIFY_API_HOST || !isForApify(args)) return connect(...args);
        // What follows is the same HTTP, and asks the socket for no more than this.
        const socket = connectPlainly(Number(port), hostname) as TLSSocket;
        Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: 'http/1.1' });
        const listener = args.find((arg) => typeof arg === 'function');
        if (listener) socket.once('secureConnect', listener as () => void);
        socket.once('connect', () => socket.emit('secureConnect'));
        return socket;
    }) as typeof tls.connect;
    syncBuiltinESMExports();
}

/** Whether somebody connects to Apify's API; not through a proxy, whose socket is there already. */
function isForApify(args: readonly unknown[]): boolean {
    const options = args.find((arg): arg is ConnectionOptions => typeof arg === 'object' && arg !== null) ?? {};
    const host = options.host ?? args.find((arg) => typeof arg === 'string');
    return host === APIFY_API_HOST && options.socket === undefined;
}
