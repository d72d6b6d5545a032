import chalk from 'chalk';

import { causesOf } from '../../trace/cause.js';
import { PageCounter } from '../../trace/page-figures.js';
import type { ShopHead, TraceEntry } from '../../trace/recorded.js';
import { Story, type ToldEntry } from '../../trace/story.js';
import { canRedraw } from '../../base/terminal/plain.js';
import { Redrawn } from '../../base/terminal/redrawn.js';
import { widthOf, wrap } from '../../base/terminal/wrap.js';
import { Bursts } from './bursts.js';
import { flightBar, FLIGHT_WIDTH, isShown, lookOf } from './timeline-look.js';

type Output = NodeJS.WriteStream;

const BAR_WIDTH = 24;
/** Columns before a line's text: time, process, what is in flight, and sign. */
const INDENT = 11 + FLIGHT_WIDTH + 3;
const BREAK = `\n${' '.repeat(INDENT)}`;

/** What happened, as it is shown in one line. */
export interface TimelineEvent {
    /** Milliseconds since the epoch. */
    at: number;
    incarnation: number;
    /** Requests in flight after it. */
    inFlight: number;
    told: ToldEntry;
}

/**
 * Draws a run as it happens: the time since its start, the process at work, how many requests are in flight, and what
 * happened: pages, pushes, saves, events, strikes. When it is over it says in a sentence why something is wrong. On a
 * terminal a last line shows how far the run has come.
 */
export class Timeline {
    readonly #story: Story;
    readonly #drawn: Redrawn;
    readonly #pages = new PageCounter();
    readonly #bursts = new Bursts((event) => this.#print(event));
    #startedAt: number | undefined;
    #index = 0;
    #platformUrl = '';
    #progress = '';
    #pagesExpected: number | undefined;
    #isEnded = false;

    /** @param isVerbose Whether what Crawlee says of itself, calls and locks are shown as well. */
    constructor(
        private readonly output: Output,
        private readonly isVerbose = false,
    ) {
        this.#drawn = new Redrawn(output);
        // Large records lie in files that this knows nothing of.
        this.#story = new Story({ bytesOf: (value) => ('bytes' in value ? value.bytes : new Uint8Array()) });
    }

    readonly show = (entry: TraceEntry): void => {
        this.#startedAt ??= entry.at;
        if (entry.type === 'opened') this.#platformUrl = entry.platformUrl;
        if (entry.type === 'subject') {
            this.#startedAt = entry.at;
            this.#pagesExpected = entry.subject.shop?.pages;
        }
        this.#pages.add(entry);
        const told = this.#story.add(entry, this.#index++);
        if (entry.type === 'subject') told.text += this.#placesText(entry.subject.shop);
        const { spans, ledger } = this.#story;
        const event = { at: entry.at, incarnation: ledger.incarnation, inFlight: spans.inFlight.size, told };
        if (isShown(told, entry, this.isVerbose)) {
            if (this.isVerbose) this.#print(event);
            else this.#bursts.add(event);
        }
        this.#showProgress(entry);
    };

    /** Takes the progress line away, and says why the run ended as it did. */
    end(): void {
        if (this.#isEnded) return;
        this.#isEnded = true;
        this.#bursts.flush();
        this.#clearProgress();
        this.#progress = '';
        if (this.#startedAt === undefined) return;
        for (const cause of causesOf(this.#story.ledger, this.#startedAt)) {
            const lines = wrap(cause, widthOf(this.output) - INDENT);
            this.output.write(`${' '.repeat(INDENT - 2)}${chalk.red('✘')} ${chalk.red(lines.join(BREAK))}\n`);
        }
    }

    /** Where the run's shop and platform answer as long as it goes on. */
    #placesText(shop: ShopHead | undefined): string {
        return `${shop ? `, shop at ${shop.url}` : ''}, platform at ${this.#platformUrl}`;
    }

    #showProgress(entry: TraceEntry): void {
        if (entry.type === 'page') {
            const { requested, again } = this.#pages.figures;
            const [done, expected] = [requested - again, this.#pagesExpected ?? 0];
            const filled = Math.min(BAR_WIDTH, Math.round((done / Math.max(1, expected)) * BAR_WIDTH));
            this.#progress = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done} of ${expected} pages`;
        } else if (entry.type === 'call' && this.#pagesExpected === undefined && entry.runId === this.#story.runId) {
            this.#progress = `${entry.n} API calls`;
        } else return;
        this.#drawProgress();
    }

    /** Writes a line, broken where the terminal ends. */
    #print({ at, incarnation, inFlight, told }: TimelineEvent): void {
        const time = ((at - this.#startedAt!) / 1_000).toFixed(1).padStart(6);
        const { sign, paint } = lookOf(told);
        const text = told.of === undefined ? told.text : `${told.of}: ${told.text}`;
        const lines = wrap(text, widthOf(this.output) - INDENT).map((line) => paint(line));
        const head = `${chalk.dim(`${time}s  ${Math.max(1, incarnation)}`)} ${chalk.blue(flightBar(inFlight))} ${paint(sign)} `;
        this.#clearProgress();
        this.output.write(`${head}${lines.join(BREAK)}\n`);
        this.#drawProgress();
    }

    /** A terminal that can't move its cursor gets no line that is written over. */
    #drawProgress(): void {
        if (!canRedraw(this.output) || this.#progress === '') return;
        this.#drawn.show([chalk.dim(this.#progress.slice(0, widthOf(this.output) - 1))]);
    }

    #clearProgress(): void {
        this.#drawn.clear();
    }
}
