import chalk from 'chalk';

import type { Proof } from '../trial/prove.js';
import { type Mark, MARKS } from '../trial/mark.js';
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
export function summaryLine({ summary, trials, points: all, impossible, wallMillis }: Proof): string {
    const { points, outcomes, atStake, worstMiscount, duplicates, pagesAgain, notReached } = summary;
    const wrong = MARKS.filter((outcome) => outcome !== 'exact' && outcomes[outcome] > 0).map((outcome) =>
        PAINT[outcome](`${outcomes[outcome]} ${outcome}`),
    );
    const states = trials.filter(({ point }) => point.state);
    const kills = states.filter(({ point }) => point.plan.length > 0).length;
    const calls = states.reduce((sum, { point }) => sum + point.state!.calls.length, 0);
    const exact = `${outcomes.exact} of ${points} exact`;
    const parts = [outcomes.exact === points ? chalk.green(exact) : exact, ...wrong];
    if (states.length > 0) parts.push(`${calls} crash points are ${states.length} states`);
    const inFlight = trials.filter(({ point }) => point.inFlight);
    if (inFlight.length > 0) {
        const exactOnes = inFlight.filter(({ outcome }) => outcome === 'exact').length;
        parts.push(`${exactOnes} of ${inFlight.length} exact with calls in flight together`);
    }
    if (impossible > 0) parts.push(`${impossible} combinations that can't come`);
    parts.push(`${atStake.exact} of ${atStake.points} exact where something could be lost`);
    if (kills > 0) parts.push(`${kills} with another run alive, tried by a real kill`);
    if (points + impossible < all) parts.push(`${all - points - impossible} not tried`);
    if (worstMiscount > 0) parts.push(`worst miscount ${worstMiscount} offers`);
    if (duplicates > 0) parts.push(`${duplicates} rows too many`);
    parts.push(`${pagesAgain} pages fetched again`);
    if (notReached > 0) parts.push(`${notReached} not reached (the run had ended)`);
    return `${parts.join(', ')}  ${chalk.dim(duration(wallMillis))}`;
}
