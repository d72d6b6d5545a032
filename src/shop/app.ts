import { setTimeout } from 'node:timers/promises';

import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';

import type { Catalogue } from './catalogue.js';
import type { Gate } from './gate.js';
import type { PageKind, ShopOptions } from './options.js';
import { homePage, offersPage, productPage, searchPage } from './pages.js';

type Env = { Bindings: HttpBindings };

/** What the routes need to know of the shop they belong to. */
export interface AppParts {
    catalogue: Catalogue;
    gate: Gate;
    keyword: string;
    latencyMs: number;
    failEvery: number;
    onRequest: ShopOptions['onRequest'];
    onEnd: ShopOptions['onEnd'];
    beforeServe: ShopOptions['beforeServe'];
    truth: () => Record<string, number>;
    /** Called when a page has been sent in full. */
    onServed: (kind: PageKind) => void;
}

/** The shop's routes. */
export function createApp(parts: AppParts): Hono<Env> {
    const { catalogue, gate, keyword } = parts;
    const app = new Hono<Env>();
    const mustFail = failures(parts.failEvery);

    /** Sends a page: fails it, delays it, and holds it, as the shop's options say. */
    async function serve(
        c: Context<Env>,
        kind: PageKind,
        page: () => ReturnType<typeof homePage>,
        asin?: string,
    ): Promise<Response> {
        if (mustFail(c.req.url)) return c.text('The shop is busy: please try again.', 503);
        const requested = { kind, n: gate.next(kind), asin, url: c.req.url };
        parts.onRequest?.(requested);
        const { outgoing } = c.env;
        outgoing.once('close', () => parts.onEnd?.(requested, outgoing.writableFinished));
        // Not keeping the process alive: a closed shop leaves no timer behind that anybody has to wait for.
        if (parts.latencyMs > 0) await setTimeout(parts.latencyMs, undefined, { ref: false });
        // Whoever asked may be dead by now: then there is nobody to serve.
        if (outgoing.destroyed) return c.body(null);
        await parts.beforeServe?.(requested);
        await gate.pass(kind, requested.n);
        outgoing.once('finish', () => parts.onServed(kind));
        return c.html(page());
    }

    app.use(async (c, next) => {
        if (c.req.method !== 'GET') return c.text('The shop only answers GET.', 405, { Allow: 'GET' });
        await next();
        c.header('Cache-Control', 'no-store');
        return undefined;
    });

    app.get('/', (c) => c.html(homePage(catalogue, keyword)));
    app.get('/truth.json', (c) => c.json(parts.truth()));

    app.get('/s', async (c) => {
        const searched = c.req.query('k')?.trim();
        if (!searched) return c.text('Say what to search for: /s?k=KEYWORD', 400);
        const page = wholePage(c.req.query('page') ?? '1');
        if (page === undefined) return c.text('The page must be a whole number from 1.', 400);
        return serve(c, 'search', () => searchPage(catalogue, searched, page));
    });

    app.get('/dp/:asin', async (c) => {
        const asin = c.req.param('asin');
        const index = catalogue.indexOf(asin);
        if (index === undefined) return c.text('The shop sells no such product.', 404);
        return serve(c, 'product', () => productPage(catalogue, index), asin);
    });

    app.get('/gp/aod/ajax', async (c) => {
        const asin = c.req.query('asin');
        if (!asin) return c.text('Say which product: /gp/aod/ajax?asin=ASIN', 400);
        const index = catalogue.indexOf(asin);
        if (index === undefined) return c.text('The shop sells no such product.', 404);
        return serve(c, 'offers', () => offersPage(catalogue, index), asin);
    });

    app.notFound((c) => c.text('The shop has no such page.', 404));
    app.onError((error, c) => c.text(`The shop could not make this page: ${error.message}`, 500));
    return app;
}

/** Decides which requests fail: every n-th one, and no address twice. */
function failures(every: number): (url: string) => boolean {
    const failed = new Set<string>();
    let requests = 0;
    return (url) => {
        if (every === 0) return false;
        requests += 1;
        if (requests % every !== 0 || failed.has(url)) return false;
        failed.add(url);
        return true;
    };
}

function wholePage(text: string): number | undefined {
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
