import { escapeAttribute, escapeMarkup } from '../base/markup.js';
import type { TrialSubject } from './steps.js';
import { type Fault, formatPlan } from '../faults/fault-plan.js';
import { type ApiTiming, apiTimingArgs } from '../mover/api-timing.js';
import { type Mark, MARKS } from './mark.js';
import { forkIn, forkText, type Point } from '../faults/points.js';
import type { Proof } from './prove.js';

/** A step's proof, with what is needed to repeat any of its trials. */
export interface StepProof {
    step: TrialSubject;
    fault: Fault;
    products: number;
    seed: number;
    /** Where the undisturbed run's trace is. */
    dir: string;
    timing: ApiTiming;
    proof: Proof;
}

/** One sign for each outcome, so that nobody needs to see colours. */
export const SIGNS: Record<Mark, string> = {
    exact: '·',
    duplicated: 'd',
    miscounted: 'm',
    lost: 'L',
    hung: '?',
};

const COLOURS: Record<Mark, string> = {
    exact: '#2da44e',
    duplicated: '#d4a72c',
    miscounted: '#e16f24',
    lost: '#cf222e',
    hung: '#8250df',
};

/**
 * The command that repeats one trial alone, with its timeline.
 *
 * @param dir Where the undisturbed run's trace is kept, from whose states crashed runs go on.
 */
export function repeatPointCommand(
    { step, products, seed, timing }: Omit<StepProof, 'proof' | 'fault'>,
    point: Point,
    dir: string,
): string {
    const fork = forkIn(point);
    const shop = ['--products', products, '--seed', seed, '--latency', 0];
    const how = fork ? ['--fork', forkText(dir, fork)] : ['--plan', formatPlan(point.plan), ...shop];
    return ['npm run solution --', step.number, ...how, ...apiTimingArgs(timing)].join(' ');
}

const STRIP_WIDTH = 440;
const LABEL_WIDTH = 290;

/**
 * A picture: each step as a strip of its trials in the order of the run, with what each left. Those at which nothing
 * could be lost are pale, and are not counted. Readable on light and on dark ground, and without colours: what is wrong
 * is higher than what is right.
 */
export function stripsSvg(proofs: readonly StepProof[]): string {
    const rowHeight = 46;
    const height = proofs.length * rowHeight + 44;
    const rows = proofs.map((stepProof, i) => {
        const { step, proof } = stepProof;
        const { points, exact } = proof.summary.atStake;
        const y = 36 + i * rowHeight;
        const text = `${step.number}  ${escapeMarkup(step.title)}`;
        return [
            `<text x="0" y="${y + 16}">${text}</text>`,
            `<text class="figure" x="0" y="${y + 32}">${exact} of ${points} exact where something could be lost</text>`,
            ...stripOf(proof.trials, y + 2),
        ].join('\n    ');
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LABEL_WIDTH + STRIP_WIDTH} ${height}" width="${LABEL_WIDTH + STRIP_WIDTH}" height="${height}" role="img" aria-label="${escapeAttribute(proofs.map(sentenceOf).join(' '))}">
    <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-weight: 600; }
        .figure { font-size: 12px; fill: #57606a; }
${MARKS.map((mark) => `        .${mark} { fill: ${COLOURS[mark]}; }`).join('\n')}
        .pale { opacity: 0.3; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .figure { fill: #9da7b1; } }
    </style>
    <text class="title" x="0" y="16">What goes on from each state in which a crash can leave a run, from its start to its end</text>
    ${rows.join('\n    ')}
</svg>
`;
}

/** Right ones are a low bar, wrong ones fill the row: so the shape alone tells them apart. */
function stripOf(trials: Proof['trials'], y: number): string[] {
    const width = STRIP_WIDTH / Math.max(1, trials.length);
    return trials.map(({ outcome, isAtStake }, i) => {
        const [top, height] = outcome === 'exact' ? [y + 20, 10] : [y, 30];
        const x = (LABEL_WIDTH + i * width).toFixed(1);
        const className = isAtStake ? outcome : `${outcome} pale`;
        return `<rect class="${className}" x="${x}" y="${top}" width="${Math.max(0.5, width - 0.5).toFixed(1)}" height="${height}"/>`;
    });
}

function sentenceOf({ step, proof: { summary } }: StepProof): string {
    const { points, exact } = summary.atStake;
    return `Step ${step.number}, ${step.title}: exact from ${exact} of ${points} states in which something could be lost.`;
}

/** One page without anything from elsewhere: the picture, the figures, and a grid with a cell for each trial. */
export function proofHtml(proofs: readonly StepProof[]): string {
    const legend = Object.entries(SIGNS).map(([outcome, sign]) => `${cell(outcome as Mark, sign, outcome)} ${outcome}`);
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Proof by crash points</title>
<style>
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
    .grid { line-height: 1.25; word-break: break-all; }
    .cell { display: inline-block; width: 1.1em; text-align: center; font: 13px ui-monospace, monospace; color: #fff; margin: 1px; border-radius: 2px; }
${Object.entries(COLOURS)
    .map(([outcome, colour]) => `    .${outcome} { background: ${colour}; }`)
    .join('\n')}
    table { border-collapse: collapse; } td, th { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; }
</style>
<h1>Proof by crash points</h1>
<p>Each cell is one trial: the Actor went on from there, and was judged by what it left behind.</p>
${stripsSvg(proofs)}
<p>${legend.join(' &nbsp; ')}</p>
${proofs.map(stepHtml).join('\n')}
</html>
`;
}

function stepHtml(stepProof: StepProof): string {
    const { step, fault, proof } = stepProof;
    const { summary, trials, calls } = proof;
    const cells = trials.map(({ point, outcome }) =>
        cell(
            outcome,
            SIGNS[outcome],
            `${point.label}: ${outcome}\n${repeatPointCommand(stepProof, point, stepProof.dir)}`,
        ),
    );
    const figures = { ...summary.outcomes, 'not reached': summary.notReached, 'rows too many': summary.duplicates };
    return `<h2>${step.number === 'workspace' ? 'Workspace' : `Step ${step.number}`}: ${escapeMarkup(step.title)}</h2>
<p>${fault}, ${summary.points} trials on a run of ${calls} API calls</p>
<p class="grid">${cells.join('')}</p>
<table><tr>${Object.keys(figures)
        .map((name) => `<th>${name}</th>`)
        .join('')}</tr><tr>${Object.values(figures)
        .map((value) => `<td>${value}</td>`)
        .join('')}</tr></table>`;
}

function cell(outcome: Mark, sign: string, title: string): string {
    return `<span class="cell ${outcome}" title="${escapeAttribute(title)}">${sign}</span>`;
}
