import chalk from 'chalk';

import { setCheckProgressAside } from '../exercise/progress.js';
import { openWorkspace, setWorkspaceAside, workspaceDir } from '../exercise/workspace.js';
import { shortPath } from '../base/short-path.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { hang } from './markdown/columns.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';

const HELP = `
npm run exercise
npm run exercise -- --reset

Copies the starter of the exercise to workspace/asin-tracker, if it is not there yet, and says what to do. No file of
yours is ever written over. With --reset, your copy is moved aside under a name with the date, a new one is made, and
stages and hints begin anew.
`;

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

const command: Command = {
    name: 'npm run exercise',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, { reset: { type: 'boolean' } });
        const lines = prepare(values.reset ?? false);
        const width = Math.min(widthOf(process.stdout), 100);
        const commands = COMMANDS.flatMap(([typed, what]) => hang(`  ${chalk.cyan(typed!.padEnd(26))} `, what!, width));
        process.stdout.write(`${[...lines, '', ...wrap(TASK, width), '', ...commands].join('\n')}\n`);
        return 0;
    },
};

/**
 * @throws UsageError when the files can't be moved or copied.
 */
function prepare(isReset: boolean): string[] {
    const dir = workspaceDir();
    try {
        const aside = isReset ? setWorkspaceAside(dir) : undefined;
        if (aside !== undefined) setCheckProgressAside();
        const isNew = openWorkspace(dir);
        return [
            ...(aside === undefined ? [] : [`Your former copy is now ${shortPath(aside)}.`]),
            isNew
                ? `Your copy of the starter: ${chalk.bold(shortPath(dir))}`
                : `Your copy: ${chalk.bold(shortPath(dir))}`,
        ];
    } catch (error) {
        throw new UsageError(`${shortPath(dir)} can't be prepared: ${(error as Error).message}.`);
    }
}

await runCommand(command);
