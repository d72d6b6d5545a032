import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import { createApp } from './app.js';
import { type Catalogue, type Offer, createCatalogue } from './catalogue.js';
import { Gate, type PageHold } from './gate.js';
import { type PageKind, type ShopOptions, resolveOptions } from './options.js';

export type { Offer } from './catalogue.js';
export type { PageHold } from './gate.js';
export { PAGE_KINDS, type PageKind, type ServedPage, type ShopOptions } from './options.js';

/** An open demo shop. */
export interface Shop {
    /** Where it is, for example `http://127.0.0.1:40123`, without a slash at the end. */
    readonly baseUrl: string;
    /** The keyword its own links search for; any other finds the same products. */
    readonly keyword: string;
    readonly port: number;
    /** Every ASIN that the shop sells with its number of offers, also 0. */
    truth(): Record<string, number>;
    /** The offers of one product; empty for a product without offers and for an ASIN the shop doesn't sell. */
    offers(asin: string): Offer[];
    /** How many pages of each kind there are. */
    readonly pageCounts: Record<PageKind, number>;
    /** How many pages of each kind were answered with 200 and sent in full. */
    served(): Record<PageKind, number>;
    /** Makes the n-th page of a kind (from 1) wait until it is released. */
    hold(kind: PageKind, n: number): PageHold;
    /** Lets held pages go, ends all connections and frees the port. */
    close(): Promise<void>;
}

/**
 * The offers of a shop without opening it, by ASIN: the same options always give the same.
 *
 * @throws RangeError when an option is out of its range.
 */
export function shopOffers(options: Pick<ShopOptions, 'seed' | 'products'>): (asin: string) => Offer[] {
    const { seed, products } = resolveOptions(options);
    return offersIn(createCatalogue(seed, products));
}

function offersIn(catalogue: Catalogue): (asin: string) => Offer[] {
    return (asin) => {
        const index = catalogue.indexOf(asin);
        return index === undefined ? [] : catalogue.offers(index);
    };
}

const KEYWORD = 'phone';

/**
 * Opens a made-up shop on 127.0.0.1 with the addresses and the page structure of Amazon. The same seed always gives
 * the same products and offers.
 *
 * ```ts
 * const shop = await openShop({ products: 3 });
 * const held = shop.hold('offers', 1);
 * const answer = fetch(`${shop.baseUrl}/gp/aod/ajax?asin=${Object.keys(shop.truth())[0]}&pc=dp`);
 * await held.reached; // the request is in flight for sure
 * held.release();
 * console.log((await answer).status); // 200
 * await shop.close();
 * ```
 *
 * @throws RangeError when an option is out of its range; Error when the port is not to be had
 */
export async function openShop(options: ShopOptions = {}): Promise<Shop> {
    const { seed, products, port: wantedPort, latencyMs, failEvery } = resolveOptions(options);
    const catalogue = createCatalogue(seed, products);
    const gate = new Gate(options.askedBefore);
    const served: Record<PageKind, number> = { search: 0, product: 0, offers: 0 };

    const truth = (): Record<string, number> => {
        const counts: Record<string, number> = {};
        for (let index = 0; index < catalogue.size; index++)
            counts[catalogue.asin(index)] = catalogue.offerCount(index);
        return counts;
    };

    const app = createApp({
        catalogue,
        gate,
        keyword: KEYWORD,
        latencyMs,
        failEvery,
        onRequest: options.onRequest,
        onEnd: options.onEnd,
        beforeServe: options.beforeServe,
        truth,
        onServed(kind) {
            served[kind] += 1;
        },
    });

    const server = createServer(getRequestListener(app.fetch));
    // An Actor may pause longer than Node's default of 5 s between two requests; closing ends idle connections anyway.
    server.keepAliveTimeout = 60_000;
    server.listen(wantedPort, '127.0.0.1');
    try {
        await once(server, 'listening');
    } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'it is in use' : String(error);
        throw new Error(
            `The demo shop can't open on port ${wantedPort}: ${reason}. Free that port or choose another.`,
            {
                cause: error,
            },
        );
    }
    const { port } = server.address() as AddressInfo;

    return {
        baseUrl: `http://127.0.0.1:${port}`,
        keyword: KEYWORD,
        port,
        truth,
        offers: offersIn(catalogue),
        pageCounts: { search: catalogue.pageCount, product: catalogue.size, offers: catalogue.size },
        served: () => ({ ...served }),
        hold: (kind, n) => gate.hold(kind, n),
        async close() {
            if (!server.listening) return;
            const closed = once(server, 'close');
            server.close();
            gate.releaseAll();
            server.closeAllConnections();
            await closed;
        },
    };
}
