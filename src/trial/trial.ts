import { join } from 'node:path';

import type { Striker } from '../faults/striker.js';
import { Disk } from '../mover/disk.js';
import type { ForkPoint } from '../mover/fork-point.js';
import type { MovedActor } from '../mover/define-actor.js';
import { MovedRun, type MovedRunOptions } from '../mover/moved-run.js';
import { readTraceOf } from '../platform/index.js';
import { openShop, type ServedPage, type Shop, type ShopOptions } from '../shop/index.js';
import type { ShopHead } from '../trace/recorded.js';
import type { Trace } from '../trace/trace.js';
import { type FindCounts, type JudgedTrace, judgeTrace } from './judge-trace.js';
import { pageName, pagesAsked, pagesInTrace } from './shop-pages.js';

export interface TrialOptions extends Omit<MovedRunOptions, 'actor'> {
    actor: MovedActor & {
        /**
         * Folder of which every process gets a fresh copy to work in, instead of `cwd`: as in a container, nothing
         * that a process writes to its disk reaches the next.
         */
        image?: string;
    };
    shop?: Omit<ShopOptions, 'port' | 'askedBefore' | 'onRequest' | 'onEnd' | 'beforeServe'>;
    /** Merged into the Actor's input, which names the shop. */
    input?: Record<string, unknown>;
    /** Finds the object of counts in what a run has left. Default: the record `OUTPUT`, else `ASIN_OFFERS`. */
    findCounts?: FindCounts;
    /** Told when the run can be struck by hand. */
    onStarted?: (striker: Pick<Striker, 'strikeNow'>) => void;
    /** Called before a page is sent, after what the plan does to it: what it returns is waited for. */
    beforePage?: (page: ServedPage) => Promise<void> | undefined;
}

export interface TrialResult extends JudgedTrace {
    trace: Trace;
    /** Data directory. */
    dir: string;
}

/**
 * Runs one Actor against one shop under one fault plan, to its end, and judges what it left behind.
 *
 * @throws Error when the platform or the shop can't be opened.
 */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
    return run(options, undefined);
}

/**
 * Goes on from a recorded moment of a trial, as after a crash, and judges what that leaves behind. The shop is opened
 * anew with what the trace says of it; the plan holds what strikes from then on.
 *
 * @param options `dir` must be empty.
 * @throws NoForkError when no run can go on from there; Error when the platform or the shop can't be opened.
 */
export async function runFork(options: Omit<TrialOptions, 'shop' | 'input'>, from: ForkPoint): Promise<TrialResult> {
    return run({ ...options, shop: { ...from.trace.head.subject?.shop?.options } }, from);
}

async function run(options: TrialOptions, from: ForkPoint | undefined): Promise<TrialResult> {
    const { image, ...actor } = options.actor;
    const disk = image === undefined ? undefined : new Disk({ image, dir: join(options.dir, 'disk') });
    const moved = new MovedRun({
        ...options,
        actor: disk ? onDisk(actor, disk) : actor,
        onEntry: (entry) => {
            options.onEntry?.(entry);
            if (entry.type !== 'run.exit' || !disk) return;
            disk.renew();
            moved.platform.record({ type: 'disk', at: Date.now(), left: disk.left });
        },
    });
    const shop = await openShop({
        ...options.shop,
        ...(from && { askedBefore: pagesAsked(from) }),
        ...pagesInTrace(moved),
        beforeServe: async (page) => {
            await moved.striker.onPage(page);
            const held = options.beforePage?.(page);
            if (!held) return;
            const name = { page: pageName(page) };
            moved.platform.record({ type: 'held', at: Date.now(), ...name });
            await held;
            moved.platform.record({ type: 'released', at: Date.now(), ...name });
        },
    });
    try {
        await moved.open();
        if (from) await moved.fork(from, shop.baseUrl);
        else await moved.start({ input: inputFor(shop, options), shop: shopHead(shop, options.shop) });
        options.onStarted?.(moved.striker);
        await moved.finished();
    } finally {
        await moved.close();
        await shop.close();
    }
    const { dir } = options;
    const trace = readTraceOf(dir);
    return { ...judgeTrace(trace, options.findCounts), trace, dir };
}

/** Its home lies there, too. */
function onDisk(actor: MovedActor, { dir, env }: Disk): MovedActor {
    return { ...actor, cwd: dir, env: { ...actor.env, HOME: dir, USERPROFILE: dir, ...env } };
}

function inputFor({ keyword, baseUrl }: Shop, { input }: TrialOptions): Record<string, unknown> {
    return { keyword, baseUrl, ...input };
}

function shopHead(shop: Shop, options: TrialOptions['shop'] = {}): ShopHead {
    const pages = Object.values(shop.pageCounts).reduce((sum, count) => sum + count, 0);
    return { url: shop.baseUrl, options: { ...options }, truth: shop.truth(), pages };
}
