import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the site is asked for: how many pages there are, one of them, or to take a mail. */
export type SiteKind = 'list' | 'product' | 'mail';

/** One request to the site. */
export interface SiteRequest {
    kind: SiteKind;
    /** The n-th of its kind, counted from 1; in a fork over its past, too. */
    n: number;
    /** Of a mail: with its receiver and its idempotency key, which are sent elsewhere. */
    url: string;
    /** Of a page. */
    asin?: string;
}

/** What a page says. */
export interface SitePage {
    asin: string;
    offers: readonly { seller: string; price: number }[];
}

export interface SiteOptions {
    /** Requests of each kind that came before. */
    askedBefore?: Partial<Record<SiteKind, number>>;
    onRequest: (request: SiteRequest) => void;
    onEnd: (request: SiteRequest, isSent: boolean) => void;
    /** What it returns is waited for before the answer is sent. */
    beforeAnswer: (request: SiteRequest) => Promise<void>;
}

/** A web site of the small exercises, on loopback. */
export interface Site {
    /** Without a slash at the end. */
    readonly baseUrl: string;
    close(): Promise<void>;
}

const OFFERS = [3, 1, 4, 2, 5, 2];

/** All pages, the first at `/pages/1`. */
export const SITE_PAGES: readonly SitePage[] = OFFERS.map((count, i) => ({
    asin: `B00000000${i + 1}`,
    offers: Array.from({ length: count }, (_, n) => ({ seller: `seller-${i + 1}-${n + 1}`, price: 10 * (i + 1) + n })),
}));

/** Every ASIN with its number of offers. */
export const SITE_TRUTH: Readonly<Record<string, number>> = Object.fromEntries(
    SITE_PAGES.map(({ asin, offers }) => [asin, offers.length]),
);

/**
 * Opens a site with `GET /pages` (how many there are), `GET /pages/3` (one of them) and `POST /mail`, which takes a
 * mail `{ to, text }` and knows it again by the header `idempotency-key`.
 *
 * @throws Error when no port is to be had.
 */
export async function openSite(options: SiteOptions): Promise<Site> {
    const asked: Record<SiteKind, number> = { list: 0, product: 0, mail: 0, ...options.askedBefore };
    let baseUrl = '';
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
        const found = await find(request, baseUrl);
        if (!found) {
            response.writeHead(404).end();
            return;
        }
        const { body, ...what } = found;
        const one = { ...what, n: ++asked[what.kind] };
        options.onRequest(one);
        response.once('close', () => options.onEnd(one, response.writableFinished));
        await options.beforeAnswer(one);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const server = createServer((request, response) => {
        answer(request, response).catch(() => response.destroy());
    });
    server.keepAliveTimeout = 60_000;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        baseUrl,
        async close() {
            const closed = once(server, 'close');
            server.close();
            server.closeAllConnections();
            await closed;
        },
    };
}

type Found = Omit<SiteRequest, 'n'> & { body: unknown };

async function find(request: IncomingMessage, baseUrl: string): Promise<Found | undefined> {
    const { method, url = '/' } = request;
    if (method === 'POST' && url === '/mail') {
        const key = request.headers['idempotency-key'];
        const mail = new URL(`${baseUrl}/mail`);
        mail.searchParams.set('to', await receiverOf(request));
        if (typeof key === 'string') mail.searchParams.set('key', key);
        return { kind: 'mail', url: mail.href, body: { accepted: true } };
    }
    if (method !== 'GET') return undefined;
    if (url === '/pages') return { kind: 'list', url: baseUrl + url, body: { pages: SITE_PAGES.length } };
    const page = SITE_PAGES[Number(/^\/pages\/(\d+)$/.exec(url)?.[1]) - 1];
    return page && { kind: 'product', url: baseUrl + url, asin: page.asin, body: page };
}

async function receiverOf(request: IncomingMessage): Promise<string> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    try {
        const { to } = JSON.parse(text) as { to?: unknown };
        return typeof to === 'string' ? to : '';
    } catch {
        return '';
    }
}
