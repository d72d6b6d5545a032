import type { Subject } from './steps.js';
import { type Fault, formatPlan } from '../faults/fault-plan.js';
import { type ApiTiming, apiTimingArgs } from '../mover/api-timing.js';
import type { Mark } from './mark.js';
import type { Point } from '../faults/points.js';
import type { Proof } from './prove.js';

/** A step's proof, with what is needed to repeat any of its trials. */
export interface StepProof {
    step: Subject;
    fault: Fault;
    products: number;
    seed: number;
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

/** The command that repeats one trial alone, with its timeline. */
export function repeatCommand(
    { step, products, seed, timing }: Omit<StepProof, 'proof' | 'fault'>,
    { plan }: Point,
): string {
    const args = ['--plan', formatPlan(plan), '--products', products, '--seed', seed, '--latency', 0];
    return ['npm run solution --', step.number, ...args, ...apiTimingArgs(timing)].join(' ');
}

/** A picture: the share of exact trials, by step. Readable on light and on dark ground, and without colours. */
export function shareSvg(proofs: readonly StepProof[]): string {
    const rowHeight = 30;
    const labelWidth = 300;
    const barWidth = 320;
    const height = proofs.length * rowHeight + 40;
    const rows = proofs.map(({ step, proof: { summary } }, i) => {
        const y = 34 + i * rowHeight;
        const width = Math.round(summary.share * barWidth);
        const result = `${summary.outcomes.exact} of ${summary.points}`;
        return [
            `<text x="0" y="${y + 14}">${step.number}  ${escapeXml(step.title)}</text>`,
            `<rect class="ground" x="${labelWidth}" y="${y}" width="${barWidth}" height="18" rx="2"/>`,
            `<rect class="bar" x="${labelWidth}" y="${y}" width="${width}" height="18" rx="2"/>`,
            `<text x="${labelWidth + barWidth + 10}" y="${y + 14}">${result}</text>`,
        ].join('\n    ');
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ${height}" width="720" height="${height}" role="img" aria-label="Share of crash points after which object and dataset are exact, by step">
    <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-weight: 600; }
        .bar { fill: ${COLOURS.exact}; }
        .ground { fill: #d0d7de; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .ground { fill: #30363d; } }
    </style>
    <text class="title" x="0" y="16">Crash points after which object and dataset are exact, by step</text>
    ${rows.join('\n    ')}
</svg>
`;
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
<p>Each cell is one trial: the Actor was struck at that API call, went on, and was judged by what it left behind.</p>
${shareSvg(proofs)}
<p>${legend.join(' &nbsp; ')}</p>
${proofs.map(stepHtml).join('\n')}
</html>
`;
}

function stepHtml(stepProof: StepProof): string {
    const { step, fault, proof } = stepProof;
    const { summary, trials, calls } = proof;
    const cells = trials.map(({ point, outcome }) =>
        cell(outcome, SIGNS[outcome], `${point.label}: ${outcome}\n${repeatCommand(stepProof, point)}`),
    );
    const figures = { ...summary.outcomes, 'not reached': summary.notReached, 'rows too many': summary.duplicates };
    return `<h2>${step.number === 'workspace' ? 'Workspace' : `Step ${step.number}`}: ${escapeXml(step.title)}</h2>
<p>${fault}, ${summary.points} trials on a run of ${calls} API calls</p>
<p class="grid">${cells.join('')}</p>
<table><tr>${Object.keys(figures)
        .map((name) => `<th>${name}</th>`)
        .join('')}</tr><tr>${Object.values(figures)
        .map((value) => `<td>${value}</td>`)
        .join('')}</tr></table>`;
}

function cell(outcome: Mark, sign: string, title: string): string {
    return `<span class="cell ${outcome}" title="${escapeXml(title)}">${sign}</span>`;
}

function escapeXml(text: string): string {
    return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
