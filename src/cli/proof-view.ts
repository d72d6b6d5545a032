import chalk from 'chalk';

import { type Mark, MARKS, type Summary } from '../trial/mark.js';
import { SIGNS } from '../trial/report.js';
import { duration, legendOf, type Look, type ProofGrid, proofGrid } from '../mover/cli/proof-grid.js';

const PAINT: Record<Mark, (text: string) => string> = {
    exact: chalk.green,
    duplicated: chalk.yellow,
    miscounted: chalk.magenta,
    lost: chalk.red,
    hung: chalk.bgRed,
};

const LOOK = Object.fromEntries(
    MARKS.map((outcome) => [outcome, { sign: SIGNS[outcome], paint: PAINT[outcome] }]),
) as Look<Mark>;

export function proofView(output: NodeJS.WriteStream): ProofGrid<Mark> {
    return proofGrid(output, LOOK);
}

/** What the signs mean. */
export function legend(): string {
    return legendOf(LOOK);
}

/** A step's figures in one line. */
export function summaryLine(summary: Summary, wallMillis: number): string {
    const { points, outcomes, worstMiscount, duplicates, pagesAgain, notReached } = summary;
    const wrong = MARKS.filter((outcome) => outcome !== 'exact' && outcomes[outcome] > 0).map((outcome) =>
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
