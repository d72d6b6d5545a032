import { clearLine, cursorTo } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

import chalk from 'chalk';

import type { JournalEntry } from '../platform/index.js';
import { formatTrigger, type TrialEvent } from '../trial/index.js';

type Output = NodeJS.WriteStream;

const COUNTS = /^(.*?)(\{(?:"B0[A-Z0-9]{8}":\d+,?)*\})$/;
const BAR_WIDTH = 24;

/**
 * Shows a trial as it happens: time since its start, the process at work, and what happened. What the Actor logs is
 * dimmed, but for the object of ASINs. On a terminal a last line shows how far the run has come.
 */
export class Timeline {
    #startedAt: number | undefined;
    #incarnation = 1;
    #progress = '';

    constructor(private readonly output: Output) {}

    readonly show = (event: TrialEvent): void => {
        this.#startedAt ??= event.at;
        switch (event.type) {
            case 'opened':
                this.#print(event.at, '·', chalk.dim(`shop ${event.shopUrl}  platform ${event.platformUrl}`));
                break;
            case 'line':
                this.#showLine(event.at, event.text);
                break;
            case 'strike': {
                const { fault, trigger } = event.strike;
                this.#print(event.at, chalk.red('⚡'), chalk.red.bold(`${fault} strikes at ${formatTrigger(trigger)}`));
                break;
            }
            case 'journal':
                this.#showEntry(event.entry);
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

    #showLine(at: number, raw: string): void {
        const text = stripVTControlCharacters(raw);
        const [, before, counts] = COUNTS.exec(text) ?? [];
        if (counts === undefined) {
            this.#print(at, ' ', chalk.dim(text));
            return;
        }
        this.#print(at, chalk.cyan('≡'), `${chalk.dim(before)}${chalk.cyan(counts)}`);
    }

    #showEntry(entry: JournalEntry): void {
        switch (entry.type) {
            case 'run.boot':
                this.#incarnation = entry.incarnation;
                this.#print(entry.at, chalk.green('▶'), chalk.green(`process ${entry.incarnation} boots`));
                break;
            case 'run.event': {
                const seconds = (entry.data as { timeRemainingSecs?: number } | undefined)?.timeRemainingSecs;
                const remaining = seconds === undefined ? '' : `, ${seconds} s remain`;
                const text =
                    entry.name === 'reboot'
                        ? 'the Actor asks for its reboot'
                        : `event '${entry.name}' sent${remaining}`;
                this.#print(entry.at, chalk.yellow('!'), chalk.yellow(text));
                break;
            }
            case 'run.exit': {
                const how = entry.signal ? `killed (${entry.signal})` : `exited with code ${entry.exitCode}`;
                this.#print(entry.at, chalk.red('■'), chalk.red(`process ${entry.incarnation} ${how}`));
                break;
            }
            case 'run.status':
                if (entry.status !== 'RUNNING') this.#print(entry.at, '·', chalk.bold(`run ${entry.status}`));
                break;
            default:
                break;
        }
    }

    #print(at: number, sign: string, text: string): void {
        const seconds = ((at - this.#startedAt!) / 1_000).toFixed(1).padStart(6);
        this.#clearProgress();
        this.output.write(`${chalk.dim(`${seconds}s  ${this.#incarnation}`)} ${sign} ${text}\n`);
        this.#drawProgress();
    }

    #drawProgress(): void {
        if (!this.output.isTTY || this.#progress === '') return;
        this.#clearProgress();
        this.output.write(chalk.dim(this.#progress.slice(0, this.output.columns - 1)));
    }

    #clearProgress(): void {
        if (!this.output.isTTY) return;
        clearLine(this.output, 0);
        cursorTo(this.output, 0);
    }
}
