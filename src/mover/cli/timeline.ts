import { clearLine, cursorTo } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

import chalk from 'chalk';

import type { JournalEntry } from '../../platform/index.js';
import { formatTrigger } from '../../faults/fault-plan.js';
import type { RunEvent } from '../moved-run.js';
import { widthOf, wrap } from '../../base/terminal/wrap.js';

type Output = NodeJS.WriteStream;

/** How far a run has come, where that is known: the demo shop knows how many pages it has. */
interface PageEvent {
    type: 'page';
    at: number;
    pages: { requested: number; again: number };
    expected: number;
}

const COUNTS = /^(.*?)(\{(?:"B0[A-Z0-9]{8}":\d+,?)*\})$/;
const BAR_WIDTH = 24;
/** Columns before a line's text: time, process and sign. */
const INDENT = 13;
const BREAK = `\n${' '.repeat(INDENT)}`;

/**
 * Shows a trial as it happens: time since its start, the process at work, and what happened. What the Actor logs is
 * dimmed, but for the object of ASINs. On a terminal a last line shows how far the run has come.
 */
export class Timeline {
    #startedAt: number | undefined;
    #incarnation = 1;
    #progress = '';
    #hasShop = false;

    constructor(private readonly output: Output) {}

    readonly show = (event: RunEvent | PageEvent): void => {
        this.#startedAt ??= event.at;
        switch (event.type) {
            case 'opened':
                this.#showOpened(event);
                break;
            case 'line':
                if (event.of === undefined) this.#showLine(event.at, event.text);
                else this.#print(event.at, ' ', `${event.of}: ${stripVTControlCharacters(event.text)}`, chalk.dim);
                break;
            case 'strike': {
                const { fault, trigger } = event.strike;
                this.#print(event.at, chalk.red('⚡'), `${fault} strikes at ${formatTrigger(trigger)}`, chalk.red.bold);
                break;
            }
            case 'journal':
                if (event.of === undefined) this.#showEntry(event.entry);
                else this.#showOther(event.of, event.entry);
                break;
            case 'call':
                if (this.#hasShop) break;
                this.#progress = `${event.call.n} API calls`;
                this.#drawProgress();
                break;
            case 'page': {
                const done = event.pages.requested - event.pages.again;
                const filled = Math.round((done / Math.max(1, event.expected)) * BAR_WIDTH);
                const bar = '█'.repeat(filled) + '░'.repeat(Math.max(0, BAR_WIDTH - filled));
                this.#progress = `${bar} ${done} of ${event.expected} pages`;
                this.#drawProgress();
                break;
            }
            default:
                event satisfies never;
        }
    };

    /** Takes the progress line away. */
    end(): void {
        this.#clearProgress();
        this.#progress = '';
    }

    #showOpened({ at, shopUrl, platformUrl }: Extract<RunEvent, { type: 'opened' }>): void {
        this.#hasShop = shopUrl !== undefined;
        const shop = shopUrl === undefined ? '' : `shop ${shopUrl}  `;
        this.#print(at, '·', `${shop}platform ${platformUrl}`, chalk.dim);
    }

    /** Of a run that the Actor has started, no more than when it begins and how it ends. */
    #showOther(of: string, entry: JournalEntry): void {
        if (entry.type === 'run.boot') this.#print(entry.at, chalk.green('▷'), `${of} boots`, chalk.green);
        if (entry.type === 'run.status' && entry.status !== 'RUNNING') {
            this.#print(entry.at, '·', `${of} ${entry.status}`, chalk.dim);
        }
    }

    #showLine(at: number, raw: string): void {
        const text = stripVTControlCharacters(raw);
        const [, before] = COUNTS.exec(text) ?? [];
        if (before === undefined) {
            this.#print(at, ' ', text, chalk.dim);
            return;
        }
        this.#print(at, chalk.cyan('≡'), text, chalk.cyan, before.length);
    }

    #showEntry(entry: JournalEntry): void {
        switch (entry.type) {
            case 'run.boot':
                this.#incarnation = entry.incarnation;
                this.#print(entry.at, chalk.green('▶'), `process ${entry.incarnation} boots`, chalk.green);
                break;
            case 'run.event': {
                const seconds = (entry.data as { timeRemainingSecs?: number } | undefined)?.timeRemainingSecs;
                const remaining = seconds === undefined ? '' : `, ${seconds} s remain`;
                const text =
                    entry.name === 'reboot'
                        ? 'the Actor asks for its reboot'
                        : `event '${entry.name}' sent${remaining}`;
                this.#print(entry.at, chalk.yellow('!'), text, chalk.yellow);
                break;
            }
            case 'run.changed':
                if (entry.change.actorId === undefined) break;
                this.#print(entry.at, chalk.yellow('!'), 'the Actor becomes another one', chalk.yellow);
                break;
            case 'run.exit': {
                const how = entry.signal ? `killed (${entry.signal})` : `exited with code ${entry.exitCode}`;
                this.#print(entry.at, chalk.red('■'), `process ${entry.incarnation} ${how}`, chalk.red);
                break;
            }
            case 'run.status':
                if (entry.status !== 'RUNNING') this.#print(entry.at, '·', `run ${entry.status}`, chalk.bold);
                break;
            default:
                break;
        }
    }

    /** Writes a line, broken where the terminal ends; its first `dimmed` characters stand back. */
    #print(at: number, sign: string, text: string, paint: (line: string) => string, dimmed = 0): void {
        const seconds = ((at - this.#startedAt!) / 1_000).toFixed(1).padStart(6);
        const [first = '', ...rest] = wrap(text, widthOf(this.output) - INDENT);
        const head = `${chalk.dim(`${seconds}s  ${this.#incarnation}`)} ${sign} ${chalk.dim(first.slice(0, dimmed))}`;
        const lines = [first.slice(dimmed), ...rest].map((line) => paint(line));
        this.#clearProgress();
        this.output.write(`${head}${lines.join(BREAK)}\n`);
        this.#drawProgress();
    }

    #drawProgress(): void {
        if (!this.output.isTTY || this.#progress === '') return;
        this.#clearProgress();
        this.output.write(chalk.dim(this.#progress.slice(0, widthOf(this.output) - 1)));
    }

    #clearProgress(): void {
        if (!this.output.isTTY) return;
        clearLine(this.output, 0);
        cursorTo(this.output, 0);
    }
}
