import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { parseApiFault } from '../../faults/api-fault.js';
import { parsePlan } from '../../faults/fault-plan.js';
import { MovedRun } from '../../mover/moved-run.js';
import { readTraceOf } from '../../platform/index.js';
import type { ShopHead, TraceEntry } from '../../trace/recorded.js';
import type { Trace } from '../../trace/trace.js';
import { pagesAsked, pagesInTrace } from '../../trial/shop-pages.js';
import { Disk } from '../../mover/disk.js';
import type { Build } from '../build.js';
import { Guard, type GuardReason, type Limits } from '../guard.js';
import { Witness } from '../witness.js';
import { Seen, seenIn } from './seen.js';
import { openSite, SITE_PAGES, SITE_TRUTH, type SiteKind } from './site.js';

/** How a run of a small exercise is struck, and what is slow in it. */
export interface LabRun {
    /** What it is, for a person. */
    label: string;
    /** As `parsePlan` reads it; triggers may name `product`, `list` and `mail`. */
    plan?: string;
    /** As `parseApiFault` reads them. */
    apiFaults?: readonly string[];
    persistIntervalSecs?: number;
    /** The platform ignores the reboot that the SDK asks for, and kills the process after so long. */
    graceMillisWithoutReboot?: number;
    /** A request that is answered so late. */
    late?: { kind: SiteKind; n: number; millis: number };
    /** Goes on in the folder of an earlier run: what that one has left in named storages is there. */
    after?: Tried;
    /** Told of everything that comes: true ends the run, since nothing more is wanted of it. */
    isEnough?: (seen: Seen) => boolean;
}

/** A run that is over, be it by itself or because enough was seen of it. */
export interface Tried {
    label: string;
    trace: Trace;
    seen: Seen;
    /** Why it was ended from outside. */
    ended: GuardReason | undefined;
    dir: string;
    spec: LabRun;
}

export interface LabOptions {
    limits: Limits;
    signal: AbortSignal | undefined;
}

/** Runs a learner's Actor on platforms of its own, each with a site of its own. */
export class Lab {
    /** All runs so far, in the order in which they were begun. */
    readonly runs: Tried[] = [];
    #begun = 0;

    constructor(
        private readonly built: Build,
        private readonly options: LabOptions,
    ) {}

    /** Starts the Actor. */
    async run(spec: LabRun): Promise<Tried> {
        return this.#try(spec, undefined);
    }

    /** Goes on from a moment of a run, as after a crash. */
    async fork({ trace }: Tried, index: number, spec: LabRun): Promise<Tried> {
        return this.#try(spec, { trace, index });
    }

    /** Runs the Actor to its end, as slow as in a run that was struck. */
    async undisturbed({ spec: { plan: _, isEnough: __, after: ___, ...slowness } }: Tried): Promise<Tried> {
        return this.#try({ ...slowness, label: 'undisturbed' }, undefined);
    }

    /**
     * Waits for all of some runs, so that none is at work any more when one of them has failed.
     *
     * @throws Error of the first that failed.
     */
    async together(...runs: readonly Promise<Tried>[]): Promise<Tried[]> {
        await Promise.allSettled(runs);
        return Promise.all(runs);
    }

    async #try(spec: LabRun, from: { trace: Trace; index: number } | undefined): Promise<Tried> {
        this.options.signal?.throwIfAborted();
        const place = this.#begun++;
        const dir = spec.after?.dir ?? join(this.built.scratch, `${place}`);
        mkdirSync(dir, { recursive: true });
        const witness = new Witness();
        const guard = new Guard(witness, this.options.limits);
        const enough = new AbortController();
        const live = new Seen();
        const disk = new Disk({ image: this.built.image, dir: join(dir, 'disk') });
        const moved = new MovedRun({
            actor: { name: 'exercise', command: this.built.command, cwd: disk.dir, env: disk.env },
            plan: parsePlan(spec.plan ?? '', ['product', 'list', 'mail']),
            apiFaults: (spec.apiFaults ?? []).map(parseApiFault),
            dir,
            ...(spec.persistIntervalSecs !== undefined && { persistIntervalSecs: spec.persistIntervalSecs }),
            ...(spec.graceMillisWithoutReboot !== undefined && {
                rebootEndsMigration: false,
                graceMillis: spec.graceMillisWithoutReboot,
            }),
            signal: AbortSignal.any([
                guard.signal,
                enough.signal,
                ...(this.options.signal ? [this.options.signal] : []),
            ]),
            onEntry: (entry) => {
                witness.add(entry);
                live.add(entry);
                if (isNews(entry) && spec.isEnough?.(live)) enough.abort();
                if (entry.type === 'run.exit') disk.renew();
            },
        });
        const site = await openSite({
            ...(from && { askedBefore: pagesAsked(from) }),
            ...pagesInTrace(moved),
            beforeAnswer: async (request) => {
                await moved.striker.onPage(request);
                const { late } = spec;
                if (late && late.kind === request.kind && late.n === request.n) await sleep(late.millis);
            },
        });
        try {
            await moved.open();
            if (from) await moved.fork(from, site.baseUrl);
            else await moved.start({ input: { site: site.baseUrl }, shop: headOf(site.baseUrl) });
            await moved.finished();
        } finally {
            guard.stop();
            await site.close();
            await moved.close();
        }
        // What was seen by then says nothing of the Actor.
        this.options.signal?.throwIfAborted();
        const trace = readTraceOf(dir);
        const tried = { label: spec.label, trace, seen: seenIn(trace), ended: guard.reason, dir, spec };
        this.runs[place] = tried;
        return tried;
    }
}

const NEWS: readonly TraceEntry['type'][] = [
    'page',
    'call',
    'record.put',
    'items.pushed',
    'request.updated',
    'run.exit',
];

/** Whether an entry may tell enough. */
function isNews({ type }: TraceEntry): boolean {
    return NEWS.includes(type);
}

function headOf(url: string): ShopHead {
    return { url, options: {}, truth: SITE_TRUTH, pages: SITE_PAGES.length };
}
