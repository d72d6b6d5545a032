import { clearLine, cursorTo } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

import chalk from 'chalk';

import type { JournalEntry } from '../../trace/entries.js';
import { isJournalEntry } from '../../trace/moment.js';
import { PageCounter } from '../../trace/page-figures.js';
import type { RecordedEntry, TraceEntry } from '../../trace/recorded.js';
import { widthOf, wrap } from '../../base/terminal/wrap.js';

type Output = NodeJS.WriteStream;

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
    #platformUrl = '';
    /** The run that is tried; others are runs that it has started. */
    #runId: string | undefined;
    readonly #actors = new Map<string, string>();
    /** Names of the Actors of other runs. */
    readonly #others = new Map<string, string>();
    readonly #pages = new PageCounter();
    #pagesExpected: number | undefined;

    constructor(private readonly output: Output) {}

    readonly show = (entry: TraceEntry): void => {
        this.#startedAt ??= entry.at;
        if (isJournalEntry(entry)) this.#showJournal(entry);
        else this.#showRecorded(entry);
    };

    #showRecorded(entry: RecordedEntry): void {
        this.#pages.add(entry);
        switch (entry.type) {
            case 'opened':
                this.#platformUrl = entry.platformUrl;
                break;
            case 'actor':
                this.#actors.set(entry.actor.id, entry.actor.name);
                break;
            case 'subject': {
                const { shop } = entry.subject;
                this.#runId = undefined;
                this.#pagesExpected = shop?.pages;
                const shopText = shop ? `shop ${shop.url}  ` : '';
                this.#print(entry.at, '·', `${shopText}platform ${this.#platformUrl}`, chalk.dim);
                break;
            }
            case 'line':
                this.#showLine(entry);
                break;
            case 'strike':
                this.#print(entry.at, chalk.red('⚡'), `${entry.fault} strikes at ${entry.trigger}`, chalk.red.bold);
                break;
            case 'call.fault':
                this.#print(entry.at, chalk.red('⚡'), `API fault ${entry.fault} meets call ${entry.call}`, chalk.red);
                break;
            case 'call':
                if (this.#pagesExpected !== undefined || entry.n === undefined || entry.runId !== this.#runId) break;
                this.#progress = `${entry.n} API calls`;
                this.#drawProgress();
                break;
            case 'page':
                this.#showProgress();
                break;
            default:
                break;
        }
    }

    #showProgress(): void {
        const { requested, again } = this.#pages.figures;
        const [done, expected] = [requested - again, this.#pagesExpected ?? 0];
        const filled = Math.round((done / Math.max(1, expected)) * BAR_WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(Math.max(0, BAR_WIDTH - filled));
        this.#progress = `${bar} ${done} of ${expected} pages`;
        this.#drawProgress();
    }

    #showJournal(entry: JournalEntry): void {
        if (entry.type === 'run.created') {
            this.#runId ??= entry.run.id;
            const { id, actorId } = entry.run;
            if (id !== this.#runId) this.#others.set(id, this.#actors.get(actorId) ?? actorId);
        }
        const of = 'id' in entry ? this.#others.get(entry.id) : undefined;
        if (of === undefined) this.#showEntry(entry);
        else this.#showOther(of, entry);
    }

    /** Takes the progress line away. */
    end(): void {
        this.#clearProgress();
        this.#progress = '';
    }

    /** Of a run that the Actor has started, no more than when it begins and how it ends. */
    #showOther(of: string, entry: JournalEntry): void {
        if (entry.type === 'run.boot') this.#print(entry.at, chalk.green('▷'), `${of} boots`, chalk.green);
        if (entry.type === 'run.status' && entry.status !== 'RUNNING') {
            this.#print(entry.at, '·', `${of} ${entry.status}`, chalk.dim);
        }
    }

    #showLine({ at, text: raw, runId }: Extract<RecordedEntry, { type: 'line' }>): void {
        const text = stripVTControlCharacters(raw);
        const of = this.#others.get(runId);
        if (of !== undefined) {
            this.#print(at, ' ', `${of}: ${text}`, chalk.dim);
            return;
        }
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
