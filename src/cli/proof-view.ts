import chalk from 'chalk';
import { createLogUpdate } from 'log-update';

import { type Outcome, OUTCOMES, SIGNS, type Point, type ProofTrial, type Summary } from '../proof/index.js';

const PAINT: Record<Outcome, (text: string) => string> = {
    exact: chalk.green,
    duplicated: chalk.yellow,
    miscounted: chalk.magenta,
    lost: chalk.red,
    hung: chalk.bgRed,
};

const BAR_WIDTH = 24;

/** Shows a proof while it runs: a grid that fills and the time left, or plain lines where there is no terminal. */
export interface ProofView {
    begin(points: readonly Point[]): void;
    add(trial: ProofTrial): void;
    end(): void;
}

export function proofView(output: NodeJS.WriteStream): ProofView {
    return output.isTTY ? new GridView(output) : new LineView(output);
}

/** What the signs mean. */
export function legend(): string {
    return OUTCOMES.map((outcome) => `${PAINT[outcome](SIGNS[outcome])} ${outcome}`).join('   ');
}

/** A step's figures in one line. */
export function summaryLine(summary: Summary, wallMillis: number): string {
    const { points, outcomes, worstMiscount, duplicates, pagesAgain, notReached } = summary;
    const wrong = OUTCOMES.filter((outcome) => outcome !== 'exact' && outcomes[outcome] > 0).map((outcome) =>
        PAINT[outcome](`${outcomes[outcome]} ${outcome}`),
    );
    const exact = `${outcomes.exact} of ${points} exact`;
    const parts = [outcomes.exact === points ? chalk.green(exact) : exact, ...wrong];
    if (worstMiscount > 0) parts.push(`worst miscount ${worstMiscount} offers`);
    if (duplicates > 0) parts.push(`${duplicates} rows too many`);
    parts.push(`${pagesAgain} pages fetched again`);
    if (notReached > 0) parts.push(`${notReached} not reached (the run had ended)`);
    return `${parts.join(', ')}  ${chalk.dim(duration(wallMillis))}`;
}

class GridView implements ProofView {
    readonly #update: ReturnType<typeof createLogUpdate>;
    #cells: string[] = [];
    #done = 0;
    #startedAt = Date.now();

    constructor(private readonly output: NodeJS.WriteStream) {
        this.#update = createLogUpdate(output);
    }

    begin(points: readonly Point[]): void {
        this.#cells = points.map(() => chalk.dim('_'));
        this.#positions = new Map(points.map((point, i) => [point.index, i]));
        this.#startedAt = Date.now();
        this.#draw();
    }

    #positions = new Map<number, number>();

    add({ point, outcome }: ProofTrial): void {
        this.#cells[this.#positions.get(point.index)!] = PAINT[outcome](SIGNS[outcome]);
        this.#done++;
        this.#draw();
    }

    end(): void {
        this.#update.done();
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
        this.#update(`${rows.join('\n')}\n  ${chalk.dim(`${bar} ${this.#done} of ${this.#cells.length}${left}`)}`);
    }
}

class LineView implements ProofView {
    #total = 0;
    #done = 0;

    constructor(private readonly output: NodeJS.WriteStream) {}

    begin(points: readonly Point[]): void {
        this.#total = points.length;
    }

    add({ point, outcome, isReached }: ProofTrial): void {
        this.#done++;
        const note = isReached ? '' : ' (not reached)';
        this.output.write(`  ${this.#done}/${this.#total} ${point.label}: ${outcome}${note}\n`);
    }

    end(): void {}
}

function duration(millis: number): string {
    const seconds = Math.round(millis / 1_000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
