import { listenForStop } from '../base/terminal/stop-signal.js';
import { type WatchedFolder, watchFolder } from '../exercise/watch-folder.js';
import { Keys } from './keys.js';

export interface WatchLoopOptions {
    /** Look for changes instead of waiting to be told of them. */
    poll: boolean;
    /** What is done whenever files change. Once the signal says so, nobody waits for what it finds. */
    work: (signal: AbortSignal) => Promise<void>;
    /** Told when work is asked for, which begins as soon as what is under way has ended. */
    onAsked?: () => void;
    /** Told of each key but `q`, which leaves. */
    onKey: (key: string) => void;
    onResize: () => void;
}

/** Does the same work whenever a folder changes, until somebody leaves. What was asked for last ends all before it. */
export class WatchLoop {
    #watcher: WatchedFolder | undefined;
    #working: AbortController | undefined;
    #running = Promise.resolve();
    #asked = 0;
    #isOver = false;
    #leave!: () => void;
    #fail!: (error: unknown) => void;

    constructor(
        private readonly options: WatchLoopOptions,
        private readonly output: NodeJS.WriteStream,
    ) {}

    /** How often work was asked for. */
    get asked(): number {
        return this.#asked;
    }

    get isOver(): boolean {
        return this.#isOver;
    }

    /**
     * Works on the folder until somebody leaves, and ends what is under way.
     *
     * @param begin Names the folder, with `watch`.
     * @throws StoppedError after Ctrl-C; and what the work or a key has thrown.
     */
    async run(begin: () => void): Promise<void> {
        const stop = listenForStop();
        try {
            await this.#untilLeft(begin, stop.signal);
            stop.throwIfStopped();
        } finally {
            stop.off();
        }
    }

    /** Works on a folder, instead of the one before. */
    watch(dir: string): void {
        const former = this.#watcher;
        this.#watcher = watchFolder(dir, { poll: this.options.poll, onChange: () => this.again() });
        if (former) void former.close();
        this.again();
    }

    /** Asks for the work, as a change does. */
    again(): void {
        const asked = ++this.#asked;
        this.#working?.abort();
        this.options.onAsked?.();
        this.#running = this.#running.then(async () => this.#work(asked)).catch((error: unknown) => this.#fail(error));
    }

    /** As `q` does. */
    leave(): void {
        this.#leave();
    }

    async #untilLeft(begin: () => void, signal: AbortSignal): Promise<void> {
        const left = new Promise<void>((resolve, reject) => {
            this.#leave = resolve;
            this.#fail = reject;
        });
        const { onKey, onResize } = this.options;
        const keys = new Keys();
        signal.addEventListener('abort', () => this.#leave(), { once: true });
        this.output.on('resize', onResize);
        try {
            begin();
            keys.on((key) => {
                try {
                    if (key === 'q') this.leave();
                    else onKey(key);
                } catch (error) {
                    this.#fail(error);
                }
            });
            await left;
        } finally {
            this.#isOver = true;
            keys.off();
            this.output.off('resize', onResize);
            this.#working?.abort();
            await this.#watcher?.close();
            await this.#running;
        }
    }

    async #work(asked: number): Promise<void> {
        if (this.#isOver || asked !== this.#asked) return;
        this.#working = new AbortController();
        await this.options.work(this.#working.signal);
    }
}
