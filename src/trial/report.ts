import { escapeAttribute, escapeMarkup } from '../base/markup.js';
import type { TrialSubject } from './steps.js';
import { type Fault, formatPlan } from '../faults/fault-plan.js';
import { type ApiTiming, apiTimingArgs } from '../mover/api-timing.js';
import { type Mark, MARKS } from './mark.js';
import { forkIn, forkText, type Point } from '../faults/points.js';
import type { Proof, ProofTrial } from './prove.js';

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

/** A trial as a cell of the map: its outcome, with the sign that says it without colour. */
export function mapCell({ point, outcome }: Pick<ProofTrial, 'point' | 'outcome'>): {
    label: string;
    outcome: Mark;
    sign: string;
    isWell: boolean;
} {
    return { label: point.label, outcome, sign: SIGNS[outcome], isWell: outcome === 'exact' };
}

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
