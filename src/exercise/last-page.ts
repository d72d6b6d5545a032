import type { ServedPage } from '../shop/index.js';
import { isRhythmSeen, type Hold } from './rhythm.js';
import type { Witness } from './witness.js';

const LOOK_EVERY_MILLIS = 100;

/** Holds the last offers page, so that a run lasts while nothing changes: until its log has shown enough, or a time. */
export class LastPage {
    #hold: Hold | undefined;
    #release: () => void = () => {};

    /**
     * @param maxMillis How long the page is held at most.
     * @param pages Offers pages that the shop has.
     * @param witness Sees the log; without it, the page is held for the whole time.
     */
    constructor(
        private readonly maxMillis: number,
        private readonly pages: number,
        private readonly witness?: Witness,
    ) {}

    /** When the page was held; undefined when it was never asked for. */
    get hold(): Hold | undefined {
        return this.#hold;
    }

    /** For a trial: stands in the way of the page. */
    readonly beforePage = async ({ kind, n, asin }: ServedPage): Promise<void> => {
        if (kind !== 'offers' || n !== this.pages) return;
        const hold = { asin: asin ?? '', from: Date.now(), to: Infinity };
        this.#hold = hold;
        await new Promise<void>((resolve) => {
            this.#release = resolve;
            const looking = setInterval(() => {
                const isSeen = this.witness !== undefined && isRhythmSeen(this.witness.logged, hold.from);
                if (isSeen || Date.now() - hold.from >= this.maxMillis) resolve();
            }, LOOK_EVERY_MILLIS);
            this.#stopLooking = () => clearInterval(looking);
        });
        this.#stopLooking();
        hold.to = Date.now();
    };

    #stopLooking = (): void => {};

    /** Lets the page go. */
    release(): void {
        this.#release();
        this.#stopLooking();
    }
}
