import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

import { CONTENT_POLICY } from '../pages/page.js';

/** Name of the token in the address that is printed. */
export const TOKEN_PARAMETER = 'token';

export interface GuardOptions {
    /** Port on which the server listens. */
    port: number;
    token: string;
}

/** A token that can't be guessed, in characters of an address. */
export function newToken(): string {
    return randomBytes(24).toString('base64url');
}

/** The name of a server's cookie: another server on this machine has another port. */
export function cookieName(port: number): string {
    return `actors-move-${port}`;
}

/**
 * Lets in who has been given the address that was printed, from this machine, and nobody else: a page of the course can
 * start processes. Any web site can have a browser ask a server on its machine, so the host must be ours (a name that
 * is made to lead here is another), the token must be known, and what changes something must come from a page of ours.
 */
export function guard({ port, token }: GuardOptions): MiddlewareHandler {
    const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    return async (context, next) => {
        for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
        const host = context.req.header('host') ?? '';
        if (!hosts.has(host)) return context.text('This server answers to 127.0.0.1 and localhost only.\n', 421);
        const given = context.req.query(TOKEN_PARAMETER);
        if (given !== undefined && context.req.method === 'GET' && isSame(given, token)) {
            setCookie(context, cookieName(port), token, { httpOnly: true, sameSite: 'Strict', path: '/' });
            return context.redirect(ownPath(context.req.path), 303);
        }
        if (!isSame(getCookie(context, cookieName(port)) ?? '', token)) {
            return context.text('Open the address that npm run course has printed: it holds a token.\n', 403);
        }
        if (context.req.method !== 'GET' && context.req.method !== 'HEAD' && !isOwnPage(context, host)) {
            return context.text('Only a page of this server may ask for that.\n', 403);
        }
        return next();
    };
}

/** A path of this server: what begins with two slashes, a browser takes for another host. */
export function ownPath(path: string): string {
    return path.replace(/^[/\\]+/, '/');
}

/** No page of ours may be framed, or tell where it was; what a browser may load is its policy's. */
const HEADERS = {
    'Content-Security-Policy': `${CONTENT_POLICY}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
} as const;

/** Whether a request was made by a page of this server. Browsers that don't say so name its origin. */
function isOwnPage(context: Context, host: string): boolean {
    const site = context.req.header('sec-fetch-site');
    if (site !== undefined) return site === 'same-origin';
    return context.req.header('origin') === `http://${host}`;
}

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(given: string, wanted: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(given), digest(wanted));
}
