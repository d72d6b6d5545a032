/** How long frozen work is held at most; before a reboot up to three times as long. */
export const HOLD_MILLIS = 1_000;

const SAVES_SETTLE_MILLIS = 200;

/** Work that waits: for the Actor's save (unless only its exit counts), at most for a time. */
export class Freeze {
    readonly thawed: Promise<void>;
    #resolve!: () => void;
    #timer: NodeJS.Timeout | undefined;
    #savedTimer: NodeJS.Timeout | undefined;

    constructor(
        private readonly untilExit: boolean,
        private readonly holdMillis: number,
    ) {
        this.thawed = new Promise((resolve) => {
            this.#resolve = resolve;
        });
    }

    /** Whether the Actor is being told. */
    get isTold(): boolean {
        return this.#timer !== undefined;
    }

    tell(): void {
        this.#timer = setTimeout(() => this.thaw(), this.holdMillis);
    }

    /** The Actor has saved a record. The SDK saves twice in a row: both saves must come before the work goes on. */
    saved(): void {
        if (this.untilExit || this.#savedTimer || !this.isTold) return;
        this.#savedTimer = setTimeout(() => this.thaw(), SAVES_SETTLE_MILLIS);
    }

    thaw(): void {
        clearTimeout(this.#timer);
        clearTimeout(this.#savedTimer);
        this.#resolve();
    }
}
