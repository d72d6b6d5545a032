import { isIPv4 } from 'node:net';

import { Actor, type ProxyConfiguration, type ProxyConfigurationOptions } from 'apify';
import * as v from 'valibot';

/** What the Actor is told, with the defaults filled in. */
export interface ActorInput {
    keyword: string;
    /** The shop's origin without a slash at the end; `undefined`: the Actor opens a demo shop of its own. */
    baseUrl?: string;
    /** How many search pages to scrape at most; `Infinity` when the input doesn't say. */
    maxPages: number;
    proxyConfiguration?: ProxyConfigurationOptions & { useApifyProxy?: boolean };
}

/** What an Actor's `main.ts` works with. */
export interface ReadyInput {
    keyword: string;
    baseUrl: string;
    maxPages: number;
    proxyConfiguration: ProxyConfiguration | undefined;
}

/**
 * The port of the demo shop inside the Actor. Always the same one: after a migration, requests in the queue must still
 * lead to the shop, which by then is open in another process.
 */
export const DEMO_SHOP_PORT = 4322;

const inputSchema = v.object({
    keyword: v.optional(
        v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('must not be empty: say what to search for')),
        'phone',
    ),
    baseUrl: v.optional(
        v.pipe(
            v.string('must be a text'),
            v.trim(),
            v.check(isOrigin, 'must be an http or https address without a path, such as https://www.amazon.com'),
            v.transform((text) => new URL(text).origin),
        ),
    ),
    maxPages: v.optional(
        v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1, 'must be 1 or more')),
    ),
    // What's inside is for the SDK to check, which knows the proxy's groups and countries.
    proxyConfiguration: v.optional(v.looseObject({}, 'must be an object, such as {"useApifyProxy": true}')),
});

/**
 * Checks an Actor's input and fills in the defaults.
 * @param input the INPUT record; `null` when there is none
 * @throws Error with one sentence for each field that is wrong
 */
export function parseInput(input: unknown): ActorInput {
    const { success, output, issues } = v.safeParse(inputSchema, input ?? {});
    if (success) return { ...output, maxPages: output.maxPages ?? Infinity };
    const problems = issues.map((issue) => {
        const field = v.getDotPath(issue);
        return field ? `'${field}' ${issue.message}` : 'it must be a JSON object';
    });
    throw new Error(`The Actor's input is not valid: ${problems.join('; ')}.`);
}

/** Reads the Actor's input and prepares what it asks for. If that can't be done, the run fails and says why. */
export async function readInput(): Promise<ReadyInput> {
    try {
        return await prepare(parseInput(await Actor.getInput()));
    } catch (error) {
        // Ends the process, so that nothing after it runs.
        await Actor.fail((error as Error).message);
        throw error;
    }
}

async function prepare(input: ActorInput): Promise<ReadyInput> {
    return {
        keyword: input.keyword,
        baseUrl: input.baseUrl ?? (await openDemoShop()),
        maxPages: input.maxPages,
        proxyConfiguration: await createProxy(input),
    };
}

/** Opens a demo shop in this process, where it stays open until the process ends. */
async function openDemoShop(): Promise<string> {
    const { openShop } = await import('../shop/index.js');
    const shop = await openShop({ port: DEMO_SHOP_PORT });
    return shop.baseUrl;
}

/**
 * Amazon blocks data centres, so it is scraped through Apify's RESIDENTIAL proxy group unless the input names another.
 * But only on the Apify platform, where that proxy is at hand (and costs money): a run on one's own computer goes
 * without, and a shop on this very machine can't be reached through any proxy.
 */
async function createProxy({ baseUrl, proxyConfiguration }: ActorInput): Promise<ProxyConfiguration | undefined> {
    if (!Actor.isAtHome() || baseUrl === undefined || isLoopback(baseUrl)) return undefined;
    return Actor.createProxyConfiguration(
        proxyConfiguration ?? { useApifyProxy: true, apifyProxyGroups: ['RESIDENTIAL'] },
    );
}

/** Whether an address leads to this very machine. */
export function isLoopback(url: string): boolean {
    const { hostname } = new URL(url);
    return (
        hostname === 'localhost' ||
        hostname.endsWith('.localhost') ||
        hostname === '[::1]' ||
        (isIPv4(hostname) && hostname.startsWith('127.'))
    );
}

function isOrigin(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const { protocol, origin, href } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && href === `${origin}/`;
}
