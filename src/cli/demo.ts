import chalk from 'chalk';

import { commandOf, type Step, STEPS } from '../trial/steps.js';
import type { TrialResult } from '../trial/trial.js';
import { dataDirectory } from '../mover/cli/data-directory.js';
import { lesson } from '../trial/verdict-text.js';
import { verdictTable } from './verdict-table.js';
import { shown } from '../base/terminal/shown.js';
import { trialOf } from '../trial/settings.js';
import { heading, watchTrial } from './watch-trial.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';

const INTRODUCTION =
    'An Apify Actor can be moved to another server at any moment: its process is killed and started anew, with the ' +
    'same run, the same storages and an empty memory. That happens here, for real: a small local platform runs the ' +
    'Amazon demo Actor on the real SDK and Crawlee, and moves it while it scrapes a demo shop. The Actor counts the ' +
    'offers of each ASIN and logs the object every 10 seconds.';
const MAX_WIDTH = 110;

/** Moves the demo Actor twice, without migration handling and with it, and shows what each move left. */
export async function runDemo(): Promise<number> {
    const [before, after] = [STEPS[0]!, STEPS.at(-1)!];
    const width = widthOf(process.stdout);
    const introduction = wrap(INTRODUCTION, Math.min(width, MAX_WIDTH)).join('\n');
    process.stdout.write(`${chalk.bold('Actors Move')}\n\n${introduction}\n`);
    const results: [Step, TrialResult][] = [];
    for (const step of [before, after]) {
        process.stdout.write(`\n${heading(step, 'migrate')}\n`);
        results.push([step, await move(step)]);
    }
    process.stdout.write(`\n${chalk.bold('What each migration left')}\n`);
    for (const [step, result] of results) {
        const told = wrap(lesson(result), width).join('\n');
        const text = `Step ${step.number} (${step.title})\n${verdictTable(result, width)}\n${told}`;
        process.stdout.write(`\n${text}\n`);
    }
    process.stdout.write(`\n${nextSteps(results)}\n`);
    return results.every(([, { verdict }]) => verdict.ended === 'SUCCEEDED') ? 0 : 1;
}

async function move(step: Step): Promise<TrialResult> {
    const dir = dataDirectory(undefined, `step-${step.number}`);
    return watchTrial(
        {
            actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
            ...trialOf({ fault: 'migrate' }, step),
            dir,
        },
        process.stdout,
    );
}

function nextSteps(results: [Step, TrialResult][]): string {
    const lines = [
        ['npm run lesson', 'read why, from the beginning'],
        ['npm run solution', 'choose a step and what strikes it: migrate, crash, abort, restart'],
        ['npm run solution -- 1 --fault crash', 'the same, without questions'],
        ['npm run shop', 'the demo shop, for a look in a browser'],
        ['npm run move -- --help', 'how to move an Actor of your own'],
    ].map(([typed, what]) => `  ${chalk.cyan(typed!.padEnd(36))} ${what}`);
    const dirs = results.map(([, { dir }]) => shown(dir)).join(' and ');
    return [chalk.bold('What to do next'), ...lines, `Journals, storages and logs are in ${dirs}`].join('\n');
}
