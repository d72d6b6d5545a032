import type { ServedPage } from '../shop/index.js';
import { isRhythmSeen } from './rhythm.js';
import type { Witness } from './witness.js';

const LOOK_EVERY_MILLIS = 100;

/** Holds the last offers page, so that a run lasts while nothing changes: until its log has shown enough, or a time. */
export class LastPage {
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

    /** For a trial: stands in the way of the page. */
    readonly beforePage = ({ kind, n }: ServedPage): Promise<void> | undefined =>
        kind === 'offers' && n === this.pages ? this.#hold(Date.now()) : undefined;

    async #hold(from: number): Promise<void> {
        await new Promise<void>((resolve) => {
            this.#release = resolve;
            const looking = setInterval(() => {
                const isSeen = this.witness !== undefined && isRhythmSeen(this.witness.logged, from);
                if (isSeen || Date.now() - from >= this.maxMillis) resolve();
            }, LOOK_EVERY_MILLIS);
            this.#stopLooking = () => clearInterval(looking);
        });
        this.#stopLooking();
    }

    #stopLooking = (): void => {};

    /** Lets the page go. */
    release(): void {
        this.#release();
        this.#stopLooking();
    }
}
