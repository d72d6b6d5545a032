import chalk from 'chalk';

import { beginTracker } from '../exercise/begin.js';
import { TRACKER } from '../exercise/small/exercises.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';
import { exerciseHeading } from './exercise-text.js';
import { hang } from './markdown/columns.js';
import { preparedLines } from './prepare-workspace.js';

const TASK =
    'The Actor in this folder scrapes the demo shop. What is missing is its tracker: an object with the number of ' +
    'offers scraped from each ASIN, such as {"B079ZJ1BPR": 3, "B07D4R4258": 21}, logged every 10 seconds, of which ' +
    'nothing is lost when the Actor moves. Begin in asin-tracker.ts; README.md tells more. All files are yours.';

const COMMANDS = [
    ['npm run check', 'runs your Actor, moves it, and says how good it is'],
    ['npm run check -- --watch', 'the same whenever you save'],
    ['npm run hint', 'the next hint'],
    ['npm run diff', 'your files against a step of the solution'],
];

/**
 * Prepares the tracker, the last exercise, and says what to do.
 *
 * @param isReset Moves the learner's copy aside.
 * @throws UsageError when the files can't be moved or copied.
 */
export function startTracker(isReset: boolean): string {
    const width = Math.min(widthOf(process.stdout), 100);
    const lines = preparedLines(beginTracker(isReset));
    const commands = COMMANDS.flatMap(([typed, what]) => hang(`  ${chalk.cyan(typed!.padEnd(26))} `, what!, width));
    return `${[exerciseHeading(TRACKER), ...lines, '', ...wrap(TASK, width), '', ...commands].join('\n')}\n`;
}
