import chalk from 'chalk';

import type { Comparison } from '../comparison.js';
import type { Moved } from '../move.js';
import type { Noise } from '../noise.js';
import type { ActorProof } from '../prove-actor.js';
import { duration } from './proof-grid.js';
import { repeatCommand } from './repeat-command.js';
import type { RunRequest } from './run-options.js';
import { comparedText, findingText, isTried, JUDGEMENT_LOOK, movedTable, noiseText, whereText } from './run-text.js';
import { widthOf, wrap } from '../../base/terminal/wrap.js';

/** Failing moments of a proof that are listed with the commands that repeat them. */
const MAX_LISTED = 3;

/** Shows what the undisturbed and the struck runs came to, and how they differ. */
export function showComparison({ undisturbed, noise, struck }: Comparison, output: NodeJS.WriteStream): void {
    const width = widthOf(output);
    showUndisturbed(undisturbed, noise, output);
    if (struck.length === 0) return;
    for (const [i, run] of struck.entries()) {
        const title = struck.length === 1 ? 'Struck' : `Struck, ${i + 1} of ${struck.length}`;
        output.write(`\n${chalk.bold(title)}\n${movedTable(run.moved, width)}\n${whereText(run.moved)}`);
        output.write(`${comparedText(run, width)}\n`);
    }
    const wrong = struck.filter(({ judgement }) => judgement !== 'same').length;
    const right = struck.some(({ moved }) => isTried(moved))
        ? chalk.green('Struck, it leaves the same.')
        : chalk.yellow('Nothing struck it.');
    const verdict = wrong === 0 ? right : chalk.red('Struck, it does not leave the same.');
    output.write(`\n${chalk.bold(verdict)}${struck.length > 1 ? ` ${wrong} of ${struck.length} runs differ.` : ''}\n`);
}

function showUndisturbed(undisturbed: readonly Moved[], noise: Noise, output: NodeJS.WriteStream): void {
    const width = widthOf(output);
    for (const [i, moved] of undisturbed.entries()) {
        const title = undisturbed.length === 1 ? 'Undisturbed' : `Undisturbed, ${i + 1} of ${undisturbed.length}`;
        output.write(`\n${chalk.bold(title)}\n${movedTable(moved, width)}\n${whereText(moved)}`);
    }
    if (undisturbed.length === 1) return;
    if (noise.findings.length > 0) showNoise(noise, output);
    else output.write(`\n${chalk.bold(chalk.green('Undisturbed, it leaves the same each time.'))}\n`);
}

function showNoise(noise: Noise, output: NodeJS.WriteStream): void {
    const verdict = chalk.bold(chalk.yellow('Undisturbed, it does not leave the same each time:'));
    output.write(`\n${verdict}\n${noiseText(noise, widthOf(output))}\n`);
}

const NOT_REWOUND =
    'Each goes on from the storages that were recorded at its moment. What lies outside of them is as it is now: web ' +
    'sites and other services that the Actor has changed.';

/** Shows what a proof came to, and its first failures with the commands that repeat them. */
export function showProof(
    { trials, points: all, wallMillis, undisturbed, noise }: ActorProof,
    request: RunRequest,
    output: NodeJS.WriteStream,
): void {
    const wrong = trials.filter(({ outcome }) => outcome !== 'same');
    const share = `${trials.length - wrong.length} of ${trials.length} leave the same`;
    const states = trials.filter(({ point }) => point.state);
    const points = states.reduce((sum, { point }) => sum + point.state!.calls.length, 0);
    const what = states.length === 0 ? '' : `${points} crash points are ${states.length} states, `;
    const calls = `${what}${undisturbed.calls.length} API calls undisturbed, ${duration(wallMillis)}`;
    output.write(`  ${wrong.length === 0 ? chalk.green(share) : share}  ${chalk.dim(calls)}\n`);
    if (trials.length < all) output.write(`  ${all - trials.length} of ${all} were not tried.\n`);
    const kills = states.filter(({ point }) => point.plan.length > 0).length;
    if (kills > 0) output.write(`  ${kills} in which another run is alive were tried by a real kill.\n`);
    if (states.length > kills) output.write(`  ${wrap(NOT_REWOUND, widthOf(output) - 2).join('\n  ')}\n`);
    const unreached = trials.filter(({ isReached }) => !isReached).length;
    if (unreached > 0) output.write(`  ${unreached} were not reached: the run had ended before.\n`);
    for (const note of undisturbed.notes) output.write(`  ${wrap(note, widthOf(output) - 2).join('\n  ')}\n`);
    if (noise.findings.length > 0) showNoise(noise, output);
    for (const { point, outcome, findings } of wrong.slice(0, MAX_LISTED)) {
        output.write(`\n  ${JUDGEMENT_LOOK[outcome].paint(outcome)} at ${point.label}\n`);
        for (const finding of findings) output.write(`${findingText(finding, widthOf(output))}\n`);
        output.write(`    Again, alone: ${repeatCommand(request, point, undisturbed.dir)}\n`);
    }
}
