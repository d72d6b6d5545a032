import { once } from 'node:events';
import { connect } from 'node:net';

import { afterEach, describe, expect, test } from 'vitest';

import { type ServedPage, type Shop, type ShopOptions, openShop } from './index.js';

const opened: Shop[] = [];

async function open(options?: ShopOptions): Promise<Shop> {
    const shop = await openShop(options);
    opened.push(shop);
    return shop;
}

afterEach(async () => {
    await Promise.all(opened.splice(0).map(async (shop) => shop.close()));
});

async function get(shop: Shop, path: string, init?: RequestInit): Promise<{ status: number; text: string }> {
    const response = await fetch(shop.baseUrl + path, init);
    return { status: response.status, text: await response.text() };
}

const someAsin = (shop: Shop): string => Object.keys(shop.truth())[0]!;

describe('what the shop tells', () => {
    test('the truth counts every product, also the one without offers', async () => {
        const shop = await open();
        const counts = Object.values(shop.truth());
        expect(counts).toHaveLength(12);
        expect(counts).toContain(0);
        for (const [asin, count] of Object.entries(shop.truth())) expect(shop.offers(asin)).toHaveLength(count);
        expect(shop.offers('B0NOTHERE0')).toEqual([]);
        expect(JSON.parse((await get(shop, '/truth.json')).text)).toEqual(shop.truth());
    });

    test('only pages that were answered with 200 count as served', async () => {
        const shop = await open({ failEvery: 3 });
        const asin = someAsin(shop);
        const paths = ['/s?k=phone', `/dp/${asin}`, `/gp/aod/ajax?asin=${asin}`, '/dp/B0NOTHERE0', '/s', '/'];
        const statuses = [];
        for (const path of paths) statuses.push((await get(shop, path)).status);
        expect(statuses).toEqual([200, 200, 503, 404, 400, 200]);
        expect(shop.served()).toEqual({ search: 1, product: 1, offers: 0 });
    });
});

describe('answers', () => {
    test('the front page links to the search and to products', async () => {
        const shop = await open();
        const { status, text } = await get(shop, '/');
        expect(status).toBe(200);
        expect(text).toContain(`href="/s?k=${shop.keyword}"`);
        expect(text).toContain(`href="/dp/${someAsin(shop)}"`);
    });

    test.each([
        ['/s', 400],
        ['/s?k=', 400],
        ['/s?k=%20', 400],
        ['/s?k=phone&page=0', 400],
        ['/s?k=phone&page=-1', 400],
        ['/s?k=phone&page=two', 400],
        ['/s?k=phone&page=99', 200],
        ['/s?k=%E0%A4%A', 200],
        ['/gp/aod/ajax', 400],
        ['/gp/aod/ajax?asin=B0NOTHERE0', 404],
        ['/dp/B0NOTHERE0', 404],
        ['/dp/%E0%A4%A', 404],
        ['/dp/__proto__', 404],
        ['/elsewhere', 404],
    ])('%s is answered with %i', async (path, status) => {
        const shop = await open();
        expect((await get(shop, path)).status).toBe(status);
    });

    test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('%s is not allowed', async (method) => {
        const shop = await open();
        const response = await fetch(`${shop.baseUrl}/s?k=phone`, { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET');
    });

    test('no page may be cached', async () => {
        const shop = await open();
        const response = await fetch(`${shop.baseUrl}/s?k=phone`);
        expect(response.headers.get('cache-control')).toBe('no-store');
    });

    test('what was searched for is printed as text, never as HTML', async () => {
        const shop = await open();
        const { text } = await get(shop, `/s?k=${encodeURIComponent('"><script>x</script>')}`);
        expect(text).not.toContain('<script>');
        expect(text).toContain('&lt;script&gt;');
    });

    test('a request that is no HTTP does not stop the shop', async () => {
        const shop = await open();
        const socket = connect(shop.port, '127.0.0.1');
        socket.end('nonsense\r\n\r\n');
        socket.resume();
        await once(socket, 'close');
        expect((await get(shop, '/')).status).toBe(200);
    });
});

describe('faults', () => {
    test('every third request for a page fails, and its retry succeeds', async () => {
        const shop = await open({ failEvery: 3 });
        const asins = Object.keys(shop.truth()).slice(0, 6);
        const statuses: number[] = [];
        for (const asin of asins) {
            let { status } = await get(shop, `/dp/${asin}`);
            statuses.push(status);
            if (status === 503) ({ status } = await get(shop, `/dp/${asin}`));
            expect(status).toBe(200);
        }
        expect(statuses).toEqual([200, 200, 503, 200, 503, 200]);
    });

    test('even when every request is to fail, an address fails only once', async () => {
        const shop = await open({ failEvery: 1 });
        expect((await get(shop, '/s?k=phone')).status).toBe(503);
        expect((await get(shop, '/s?k=phone')).status).toBe(200);
        expect((await get(shop, '/s?k=phone')).status).toBe(200);
    });

    test('a page takes at least as long as the latency says', async () => {
        const shop = await open({ latencyMs: 50 });
        const start = performance.now();
        await get(shop, '/s?k=phone');
        expect(performance.now() - start).toBeGreaterThanOrEqual(49);
    });
});

describe('holding a page', () => {
    test('the caller is told of each page before it is sent, and the page waits for the caller', async () => {
        const pages: ServedPage[] = [];
        let letGo!: () => void;
        const gone = new Promise<void>((resolve) => {
            letGo = resolve;
        });
        const shop = await open({
            beforeServe: async (page) => {
                pages.push(page);
                await gone;
            },
        });
        const asin = someAsin(shop);
        const answer = get(shop, `/gp/aod/ajax?asin=${asin}&pc=dp`);
        await expect
            .poll(() => pages)
            .toEqual([{ kind: 'offers', n: 1, asin, url: `${shop.baseUrl}/gp/aod/ajax?asin=${asin}&pc=dp` }]);
        expect(shop.served().offers).toBe(0);
        letGo();
        expect((await answer).status).toBe(200);
        expect(shop.served().offers).toBe(1);
    });

    test('the n-th page of a kind is held until it is released, while others pass', async () => {
        const shop = await open();
        const [first, second, third] = Object.keys(shop.truth());
        const held = shop.hold('product', 2);
        await get(shop, `/dp/${first}`);
        const answer = get(shop, `/dp/${second}`);
        await held.reached;
        await get(shop, `/dp/${third}`);
        expect(shop.served()).toEqual({ search: 0, product: 2, offers: 0 });
        held.release();
        expect((await answer).status).toBe(200);
        expect(shop.served().product).toBe(3);
    });

    test('a page whose client has gone is not counted as served', async () => {
        const shop = await open();
        const held = shop.hold('search', 1);
        const client = new AbortController();
        const answer = fetch(`${shop.baseUrl}/s?k=phone`, { signal: client.signal });
        await held.reached;
        client.abort();
        await expect(answer).rejects.toThrow();
        // A second request on a new connection makes sure that the shop has seen the first one end.
        await get(shop, '/');
        held.release();
        await get(shop, '/s?k=phone');
        expect(shop.served().search).toBe(1);
    });

    test('a page that was requested already can not be held', async () => {
        const shop = await open();
        await get(shop, '/s?k=phone');
        expect(() => shop.hold('search', 1)).toThrow(RangeError);
        expect(() => shop.hold('search', 0)).toThrow(RangeError);
    });

    test('a caller that throws gets that page answered with 500, and the shop goes on', async () => {
        let broken = true;
        const shop = await open({
            beforeServe: () => {
                if (broken) throw new Error('broken on purpose');
            },
        });
        expect((await get(shop, '/s?k=phone')).status).toBe(500);
        broken = false;
        expect((await get(shop, '/s?k=phone')).status).toBe(200);
        expect(shop.served().search).toBe(1);
    });
});

describe('closing', () => {
    test('ends held pages and idle connections, and frees the port for the next shop', async () => {
        const shop = await open();
        const idle = connect(shop.port, '127.0.0.1');
        await once(idle, 'connect');
        const held = shop.hold('search', 1);
        const answer = get(shop, '/s?k=phone').then(
            () => 'answered',
            () => 'cut off',
        );
        await held.reached;

        const idleClosed = once(idle.resume(), 'close');
        await shop.close();
        await idleClosed;
        expect(await answer).toBe('cut off');

        const next = await open({ port: shop.port });
        expect((await get(next, '/')).status).toBe(200);
        await shop.close();
        expect((await get(next, '/')).status).toBe(200);
    });

    test('the port of an open shop is refused with a sentence that names it', async () => {
        const shop = await open();
        await expect(openShop({ port: shop.port })).rejects.toThrow(`port ${shop.port}: it is in use`);
    });
});

test.each([
    { seed: -1 },
    { seed: 0.5 },
    { products: 100_001 },
    { products: Number.NaN },
    { port: 65_536 },
    { latencyMs: -1 },
    { failEvery: Infinity },
])('refuses %j', async (options) => {
    await expect(openShop(options)).rejects.toThrow(RangeError);
    await expect(openShop(options)).rejects.toThrow(Object.keys(options)[0]);
});
