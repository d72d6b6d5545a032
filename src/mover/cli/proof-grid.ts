import chalk from 'chalk';

import { canRedraw } from '../../base/terminal/plain.js';
import { Redrawn } from '../../base/terminal/redrawn.js';
import type { Point } from '../../faults/points.js';

/** How each outcome is shown: a sign, so that nobody needs to see colours, and a colour. */
export type Look<Outcome extends string> = Record<Outcome, { sign: string; paint: (text: string) => string }>;

/** One trial of a proof, as it is shown. */
interface Shown<Outcome extends string> {
    point: Point;
    outcome: Outcome;
    /** False when the run ended before its call came. */
    isReached: boolean;
}

const BAR_WIDTH = 24;

/** Shows a proof while it runs: a grid that fills and the time left, or plain lines where there is no terminal. */
export interface ProofGrid<Outcome extends string> {
    begin(points: readonly Point[]): void;
    add(trial: Shown<Outcome>): void;
    end(): void;
}

export function proofGrid<Outcome extends string>(output: NodeJS.WriteStream, look: Look<Outcome>): ProofGrid<Outcome> {
    return canRedraw(output) ? new GridView(output, look) : new LineView(output);
}

/** What the signs mean. */
export function legendOf<Outcome extends string>(look: Look<Outcome>): string {
    const outcomes = Object.keys(look) as Outcome[];
    return outcomes.map((outcome) => `${look[outcome].paint(look[outcome].sign)} ${outcome}`).join('   ');
}

class GridView<Outcome extends string> implements ProofGrid<Outcome> {
    readonly #drawn: Redrawn;
    #cells: string[] = [];
    #done = 0;
    #startedAt = Date.now();

    constructor(
        private readonly output: NodeJS.WriteStream,
        private readonly look: Look<Outcome>,
    ) {
        this.#drawn = new Redrawn(output);
    }

    begin(points: readonly Point[]): void {
        this.#cells = points.map(() => chalk.dim('_'));
        this.#positions = new Map(points.map((point, i) => [point.index, i]));
        this.#startedAt = Date.now();
        this.#draw();
    }

    #positions = new Map<number, number>();

    add({ point, outcome }: Shown<Outcome>): void {
        this.#cells[this.#positions.get(point.index)!] = this.look[outcome].paint(this.look[outcome].sign);
        this.#done++;
        this.#draw();
    }

    end(): void {
        this.#drawn.keep();
    }

    #draw(): void {
        const width = Math.max(10, Math.min(80, (this.output.columns ?? 80) - 4));
        const rows: string[] = [];
        for (let i = 0; i < this.#cells.length; i += width) rows.push(`  ${this.#cells.slice(i, i + width).join('')}`);
        const share = this.#done / Math.max(1, this.#cells.length);
        const filled = Math.round(share * BAR_WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
        const elapsed = Date.now() - this.#startedAt;
        const left = share > 0 && share < 1 ? `, about ${duration((elapsed / share) * (1 - share))} left` : '';
        const progress = chalk.dim(`${bar} ${this.#done} of ${this.#cells.length}${left}`);
        this.#drawn.show([...rows, `  ${progress}`]);
    }
}

class LineView implements ProofGrid<string> {
    #total = 0;
    #done = 0;

    constructor(private readonly output: NodeJS.WriteStream) {}

    begin(points: readonly Point[]): void {
        this.#total = points.length;
    }

    add({ point, outcome, isReached }: Shown<string>): void {
        this.#done++;
        const note = isReached ? '' : ' (not reached)';
        this.output.write(`  ${this.#done}/${this.#total} ${point.label}: ${outcome}${note}\n`);
    }

    end(): void {}
}

/** Seconds, or minutes and seconds. */
export function duration(millis: number): string {
    const seconds = Math.round(millis / 1_000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
