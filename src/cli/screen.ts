import chalk from 'chalk';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Clears a terminal and goes to its first line. */
const CLEAR = '\u001b[2J\u001b[H';

/** How far a key scrolls, by so many lines as the window shows. */
const SCROLLING: Readonly<Record<string, (room: number) => number>> = {
    up: () => -1,
    down: () => 1,
    pageup: (room) => -room,
    pagedown: (room) => room,
    space: (room) => room,
    home: () => -Infinity,
    end: () => Infinity,
};

/** Fills a terminal with lines, as far as there is room for them, and a footer that is always seen. Keys scroll the rest. */
export class Screen {
    #lines: readonly string[] = [];
    #footer = '';
    #what = '';
    /** Of the first line that is shown. */
    #first = 0;

    constructor(private readonly output: NodeJS.WriteStream) {}

    /** @param what Tells this content from other content, which begins at its first line. */
    show(lines: readonly string[], footer: string, what = ''): void {
        if (what !== this.#what) this.#first = 0;
        this.#what = what;
        this.#lines = lines;
        this.#footer = footer;
        this.draw();
    }

    /** Returns false for a key that scrolls nothing. */
    press(key: string): boolean {
        const scrolled = SCROLLING[key];
        if (!scrolled) return false;
        this.#first += scrolled(this.#layout().room - 1);
        this.draw();
        return true;
    }

    /** Draws it anew, such as in a window that has become another size. */
    draw(): void {
        const { wrapped, foot, room } = this.#layout();
        const isWhole = wrapped.length <= room;
        // One line less, for how much there is.
        const shown = isWhole ? room : room - 1;
        this.#first = Math.max(0, Math.min(this.#first, wrapped.length - shown));
        const body = wrapped.slice(this.#first, this.#first + shown);
        const [from, to] = [this.#first + 1, Math.min(this.#first + shown, wrapped.length)];
        if (!isWhole) body.push(chalk.dim(`↑↓ lines ${from} to ${to} of ${wrapped.length}`));
        this.output.write(`${CLEAR}${[...body, '', ...foot].join('\n')}\n`);
    }

    #layout(): { wrapped: string[]; foot: string[]; room: number } {
        const { columns, rows } = this.output;
        const broken = (line: string): string[] => wrapAnsi(line, columns, { hard: true, trim: false }).split('\n');
        const foot = broken(this.#footer);
        // The cursor stands on a line of its own.
        return { wrapped: this.#lines.flatMap(broken), foot, room: Math.max(2, rows - foot.length - 2) };
    }
}
