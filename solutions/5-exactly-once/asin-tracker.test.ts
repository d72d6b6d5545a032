import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { AsinTracker, type Row } from './asin-tracker.js';

// The tracker itself, without the SDK: it only logs through it.
vi.mock('apify', () => ({ log: { info: () => {} } }));

/** What outlives a process. */
class Disk {
    rows: Row[] = [];
    record: string | undefined;
    handled = new Set<string>();
    calls = 0;
}

interface Tracker {
    counts: Record<string, number>;
    start(): Promise<void>;
    stop(): void;
    record(asin: string, rows: Row[]): Promise<void>;
}

type MakeTracker = (...storages: ConstructorParameters<typeof AsinTracker>) => Tracker;

/** What goes wrong at the n-th call: the process dies, or the call fails; before it is applied, or after. */
interface Mishap {
    call: number;
    kind: 'crash' | 'error';
    when: 'before' | 'after';
}

interface World {
    scheduler: fc.Scheduler;
    pages: Map<string, Row[]>;
    mishaps: Mishap[];
    concurrency: number;
    makeTracker: MakeTracker;
}

const never = new Promise<never>(() => {});

/** Runs a process on the disk until all pages are handled; false when it dies before. */
async function runProcess(
    disk: Disk,
    { scheduler, pages, mishaps, concurrency, makeTracker }: World,
): Promise<boolean> {
    let isDead = false;
    let die!: (value: false) => void;
    const death = new Promise<false>((resolve) => {
        die = resolve;
    });

    /** One API call: it travels, is applied, and its answer travels back; anything may come in between. */
    const call = async <T>(apply: () => T): Promise<T> => {
        const strike = (when: Mishap['when'], n: number): Mishap['kind'] | undefined =>
            mishaps.find((mishap) => mishap.call === n && mishap.when === when)?.kind;
        const suffer = async (kind: Mishap['kind'] | undefined): Promise<void> => {
            if (kind === 'error') throw new Error('The call failed.');
            if (kind !== 'crash') return;
            isDead = true;
            die(false);
            await never;
        };
        await scheduler.schedule(Promise.resolve());
        if (isDead) return never;
        disk.calls += 1;
        const n = disk.calls;
        await suffer(strike('before', n));
        const result = structuredClone(apply());
        await suffer(strike('after', n));
        await scheduler.schedule(Promise.resolve());
        return isDead ? never : result;
    };

    const tracker = makeTracker(
        {
            getData: async ({ offset = 0 } = {}) => call(() => ({ items: disk.rows.slice(offset) }) as never),
            pushData: async (rows) => {
                const pushed = structuredClone(rows as Row[]);
                await call(() => disk.rows.push(...pushed));
            },
        },
        {
            getValue: async () => call(() => (disk.record === undefined ? null : JSON.parse(disk.record))),
            setValue: async (_key, value) => {
                const record = JSON.stringify(value);
                await call(() => {
                    disk.record = record;
                });
            },
        },
    );

    const handle = async (asin: string, rows: Row[]): Promise<void> => {
        for (;;) {
            try {
                await tracker.record(asin, rows);
                await call(() => disk.handled.add(asin).size);
                return;
            } catch {
                // Crawlee gives a failed request back to the queue and tries it again.
            }
        }
    };
    const main = async (): Promise<true> => {
        for (;;) {
            try {
                await tracker.start();
                break;
            } catch {
                // The process fails and is started again; the disk is as it was.
            }
        }
        const left = [...pages].filter(([asin]) => !disk.handled.has(asin)).values();
        const worker = async (): Promise<void> => {
            for (const [asin, rows] of left) await handle(asin, rows);
        };
        await Promise.all(Array.from({ length: concurrency }, worker));
        return true;
    };

    const isDone = await scheduler.waitFor(Promise.race([main(), death]));
    tracker.stop();
    if (isDone) expect(tracker.counts).toEqual(truthOf(pages));
    return isDone;
}

function truthOf(pages: World['pages']): Record<string, number> {
    return Object.fromEntries([...pages].map(([asin, rows]) => [asin, rows.length]));
}

/** Processes come and go until one gets to the end; then every offer must be stored once. */
async function live(world: World): Promise<void> {
    const disk = new Disk();
    while (!(await runProcess(disk, world)));
    const key = ({ asin, offer }: Row): string => `${asin} ${offer as number}`;
    expect(disk.rows.map(key).sort()).toEqual([...world.pages.values()].flat().map(key).sort());
}

const worlds = fc.record({
    scheduler: fc.scheduler(),
    pages: fc
        .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 })
        .map(
            (sizes) =>
                new Map(
                    sizes.map((size, i) => [
                        `B0${i}`,
                        Array.from({ length: size }, (_, offer) => ({ asin: `B0${i}`, offer })),
                    ]),
                ),
        ),
    mishaps: fc.array(
        fc.record({
            call: fc.integer({ min: 1, max: 40 }),
            kind: fc.constantFrom('crash' as const, 'error' as const),
            when: fc.constantFrom('before' as const, 'after' as const),
        }),
        { maxLength: 5 },
    ),
    concurrency: fc.integer({ min: 1, max: 5 }),
});

describe("step 5's protocol", () => {
    it('stores every offer once and counts it, however handlers interleave and wherever processes die', async () => {
        const property = fc.asyncProperty(worlds, async (world) =>
            live({ ...world, makeTracker: (...storages) => new AsinTracker(...storages) }),
        );
        await expect(fc.assert(property, { numRuns: 3_000, seed: 1 })).resolves.toBeUndefined();
    });

    it('is what this model can tell from a tracker that saves its counts before the rows', async () => {
        const property = fc.asyncProperty(worlds, async (world) =>
            live({ ...world, makeTracker: (dataset, store) => new CountsFirst(dataset, store) }),
        );
        await expect(fc.assert(property, { numRuns: 3_000, seed: 1 })).rejects.toThrow(/Property failed/);
    });
});

/** The two writes in the wrong order. */
class CountsFirst implements Tracker {
    counts: Record<string, number> = {};

    constructor(
        private readonly dataset: ConstructorParameters<typeof AsinTracker>[0],
        private readonly store: ConstructorParameters<typeof AsinTracker>[1],
    ) {}

    async start(): Promise<void> {
        this.counts = (await this.store.getValue<Record<string, number>>('counts')) ?? {};
    }

    stop(): void {}

    async record(asin: string, rows: Row[]): Promise<void> {
        if (asin in this.counts) return;
        this.counts[asin] = rows.length;
        await this.store.setValue('counts', this.counts);
        await this.dataset.pushData(rows);
    }
}
