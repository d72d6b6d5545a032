import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { AsinTracker } from './asin-tracker.js';

/** How a process waits: in the time of the world that it lives in. */
const time = vi.hoisted(() => ({ sleep: async (_millis: number): Promise<void> => {} }));
vi.mock('node:timers/promises', () => ({ setTimeout: async (millis: number) => time.sleep(millis) }));
// The tracker itself, without the SDK: it only logs through it.
vi.mock('apify', () => ({ log: { info: () => {} } }));

type Row = Record<string, unknown>;

/** What outlives a process. */
class Disk {
    record: string | undefined;
    handled = new Set<string>();
    calls = 0;
    /** Milliseconds. */
    clock = 0;
    /** Calls of dead processes that are still under way, and the number of the call before which they are applied. */
    late: { before: number; apply: () => void }[] = [];
    private readonly pushes: { rows: Row[]; shownAt: number }[] = [];

    /** @param lags How long reads don't show the n-th push, in milliseconds. */
    constructor(private readonly lags: readonly number[]) {}

    push(rows: Row[]): void {
        this.pushes.push({ rows, shownAt: this.clock + (this.lags[this.pushes.length] ?? 0) });
    }

    /** Rows in the order of their pushes: none shows before one that was pushed earlier. */
    shownRows(): Row[] {
        const hidden = this.pushes.findIndex(({ shownAt }) => shownAt > this.clock);
        return this.pushes.slice(0, hidden === -1 ? undefined : hidden).flatMap(({ rows }) => rows);
    }

    allRows(): Row[] {
        return this.pushes.flatMap(({ rows }) => rows);
    }
}

interface Tracker {
    counts: Record<string, number>;
    start(): Promise<void>;
    stop(): Promise<void>;
    record(asin: string, rows: Row[]): Promise<void>;
}

type MakeTracker = (...storages: ConstructorParameters<typeof AsinTracker>) => Tracker;

/** What goes wrong at the n-th call: the process dies, or the call fails; before it is applied, or after. */
interface Mishap {
    call: number;
    kind: 'crash' | 'error';
    when: 'before' | 'after';
}

/** What is otherwise in a world than the tracker assumes: see 'What it rests on' in the README. */
type Broken = 'a push may be half applied' | 'a call may be applied late' | 'the client sends a push again';

interface World {
    scheduler: fc.Scheduler;
    pages: Map<string, Row[]>;
    mishaps: Mishap[];
    lags: number[];
    concurrency: number;
    makeTracker: MakeTracker;
    broken?: Broken;
    /** False where a sleep is over at once. */
    doesWait?: boolean;
}

/** Calls after which a late one is applied: more than a new process makes while it looks for its rows. */
const LATE_CALLS = 25;

const never = new Promise<never>(() => {});

/** Runs a process on the disk until all pages are handled; false when it dies before. */
async function runProcess(
    disk: Disk,
    { scheduler, pages, mishaps, concurrency, makeTracker, broken, doesWait = true }: World,
): Promise<boolean> {
    let isDead = false;
    let die!: (value: false) => void;
    const death = new Promise<false>((resolve) => {
        die = resolve;
    });

    time.sleep = async (millis) => {
        if (doesWait) disk.clock += millis;
        await scheduler.schedule(Promise.resolve());
        if (isDead) await never;
    };

    /**
     * One API call: it travels, is applied, and its answer travels back; anything may come in between.
     *
     * @param unapplied What becomes of it when the process dies and it is not applied: nothing, in a sound world.
     */
    const call = async <T>(apply: () => T, unapplied: () => void = () => {}): Promise<T> => {
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
        for (const late of disk.late.filter(({ before }) => before === n)) late.apply();
        if (strike('before', n) === 'crash') unapplied();
        await suffer(strike('before', n));
        const result = structuredClone(apply());
        await suffer(strike('after', n));
        await scheduler.schedule(Promise.resolve());
        return isDead ? never : result;
    };

    const tracker = makeTracker(
        {
            getData: async ({ offset = 0 } = {}) => call(() => ({ items: disk.shownRows().slice(offset) }) as never),
            pushData: async (rows) => {
                const pushed = structuredClone(rows as Row[]);
                const push = (): void => disk.push(pushed);
                const unapplied = (): void => {
                    if (broken === 'a push may be half applied') disk.push(pushed.slice(0, pushed.length / 2));
                    if (broken !== 'a call may be applied late') return;
                    disk.late.push({ before: disk.calls + LATE_CALLS, apply: push });
                };
                try {
                    await call(push, unapplied);
                } catch (error) {
                    if (broken !== 'the client sends a push again') throw error;
                    await call(push);
                }
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
        for (;;) {
            try {
                await tracker.stop();
                return true;
            } catch {
                // As above.
            }
        }
    };

    const isDone = await scheduler.waitFor(Promise.race([main(), death]));
    if (isDone) expect(tracker.counts).toEqual(truthOf(pages));
    return isDone;
}

function truthOf(pages: World['pages']): Record<string, number> {
    return Object.fromEntries([...pages].map(([asin, rows]) => [asin, rows.length]));
}

/** Processes come and go until one gets to the end; its counts must be right. Returns what names each row. */
async function live(world: World): Promise<string[]> {
    const disk = new Disk(world.lags);
    while (!(await runProcess(disk, world)));
    return disk.allRows().map(nameOf).sort();
}

function nameOf({ asin, offer }: Row): string {
    return `${asin as string} ${offer as number}`;
}

function offersOf({ pages }: World): string[] {
    return [...pages.values()].flat().map(nameOf).sort();
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

/** The bound that the tracker states, in milliseconds. */
const BOUND = 5_000;

interface Trying {
    numRuns: number;
    /** What must be stored: each offer once, each at least once, or anything. */
    rows: 'exact' | 'all' | 'any';
}

/** Tries worlds: in each, the counts must be right. */
async function tryWorlds(
    change: Partial<World> = {},
    maxLag = BOUND,
    { numRuns, rows }: Trying = { numRuns: 1_500, rows: 'exact' },
): Promise<void> {
    const lags = fc.array(fc.integer({ min: 0, max: maxLag }), { maxLength: 8 });
    const property = fc.asyncProperty(worlds, lags, async (drawn, drawnLags) => {
        const world = { ...drawn, lags: drawnLags, makeTracker: right, ...change };
        const stored = await live(world);
        const offers = offersOf(world);
        expect({ exact: stored, all: [...new Set(stored)], any: offers }[rows]).toEqual(offers);
    });
    // A world that fails is not made smaller: some must fail, and to shrink them takes minutes.
    await fc.assert(property, { numRuns, seed: 1, endOnFailure: true });
}

const right: MakeTracker = (...storages) => new AsinTracker(...storages);

describe("step 5's protocol", () => {
    beforeAll(() => {
        // A process that dies leaves its interval.
        vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    });
    afterAll(() => {
        vi.useRealTimers();
    });

    it('stores every offer once and counts it, however handlers interleave, processes die and reads lag', async () => {
        await expect(tryWorlds()).resolves.toBeUndefined();
    });

    it('needs its wait for rows that do not show yet', async () => {
        await expect(tryWorlds({ doesWait: false })).rejects.toThrow(/Property failed/);
    });

    it('is what this model can tell from a tracker that only saves its counts before the rows', async () => {
        const makeTracker: MakeTracker = (dataset, store) => new CountsFirst(dataset, store);
        await expect(tryWorlds({ makeTracker }, 0)).rejects.toThrow(/Property failed/);
    });
});

describe('what the protocol rests on', () => {
    it('is a bound: it breaks where rows take longer to show', async () => {
        await expect(tryWorlds({}, 2 * BOUND)).rejects.toThrow(/Property failed/);
    });

    it.each<[Broken, Trying['rows']]>([
        ['a push may be half applied', 'any'],
        ['a call may be applied late', 'all'],
        ['the client sends a push again', 'all'],
    ])('is needed for the rows, and not for the counts, where %s', async (broken, rows) => {
        await expect(tryWorlds({ broken })).rejects.toThrow(/Property failed/);
        await expect(tryWorlds({ broken }, BOUND, { numRuns: 300, rows })).resolves.toBeUndefined();
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

    async stop(): Promise<void> {}

    async record(asin: string, rows: Row[]): Promise<void> {
        if (asin in this.counts) return;
        this.counts[asin] = rows.length;
        await this.store.setValue('counts', this.counts);
        await this.dataset.pushData(rows);
    }
}
