import type { PageKind } from './options.js';

/** A page that was asked to wait. */
export interface PageHold {
    /** Resolves when the page has been requested and is waiting; stays pending if that never happens. */
    reached: Promise<void>;
    /** Lets the page go. Before the page is reached: it will not be held at all. */
    release(): void;
}

/** Numbers the pages of each kind as they are requested and keeps those waiting that somebody holds. */
export class Gate {
    private readonly requested: Record<PageKind, number>;
    private readonly holds = new Map<string, { reach: () => void; released: Promise<void>; release: () => void }[]>();

    /** @param before How many of each kind have been requested already. */
    constructor(before: Readonly<Partial<Record<PageKind, number>>> = {}) {
        this.requested = { search: 0, product: 0, offers: 0, ...before };
    }

    /** Counts one more page of this kind and returns its number, from 1. */
    next(kind: PageKind): number {
        this.requested[kind] += 1;
        return this.requested[kind];
    }

    /**
     * Holds the n-th page of a kind.
     * @throws RangeError when n is not a whole number from 1, or that page has been requested already
     */
    hold(kind: PageKind, n: number): PageHold {
        const already = this.requested[kind];
        if (!Number.isInteger(n) || n < 1) throw new RangeError(`There is no ${kind} page number ${n}: count from 1.`);
        if (n <= already) {
            throw new RangeError(`The ${kind} page number ${n} can't be held: ${already} were requested already.`);
        }
        const reached = signal();
        const released = signal();
        const held = { reach: reached.give, released: released.given, release: released.give };
        this.holds.set(`${kind} ${n}`, [...(this.holds.get(`${kind} ${n}`) ?? []), held]);
        return { reached: reached.given, release: released.give };
    }

    /** Waits until nobody holds this page any more. */
    async pass(kind: PageKind, n: number): Promise<void> {
        const holds = this.holds.get(`${kind} ${n}`) ?? [];
        for (const { reach } of holds) reach();
        await Promise.all(holds.map(async ({ released }) => released));
    }

    /** Lets every held page go. */
    releaseAll(): void {
        for (const { release } of [...this.holds.values()].flat()) release();
    }
}

function signal(): { given: Promise<void>; give: () => void } {
    let give!: () => void;
    const given = new Promise<void>((resolve) => {
        give = resolve;
    });
    return { given, give };
}
