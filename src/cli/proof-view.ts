import chalk from 'chalk';

import type { Proof } from '../trial/prove.js';
import { type Mark, MARKS } from '../trial/mark.js';
import { tellProof } from '../trial/proof-text.js';
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

/** A step's figures in a few lines. */
export function summaryLine(proof: Proof): string {
    const { exact, isExact, wrong, notes } = tellProof(proof);
    const parts = [
        isExact ? chalk.green(exact) : exact,
        ...wrong.map(({ outcome, text }) => PAINT[outcome](text)),
        ...notes,
    ];
    return `${parts.join(', ')}  ${chalk.dim(duration(proof.wallMillis))}`;
}
