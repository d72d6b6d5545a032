import { findStep, STEPS } from '../trial/steps.js';
import { openCheckProgress } from '../exercise/progress.js';
import { existingWorkspace } from '../exercise/existing-workspace.js';
import { stepForNow, workspaceDiff } from '../exercise/workspace-diff.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { colourDiff } from './diff-text.js';
import { page } from './pager.js';

const HELP = `
npm run diff [step]

Shows what changes from your files in workspace/asin-tracker to a step of the solution. Without a step: to the one that
passes the first stage that you have not passed. A long one is paged by what PAGER names, or by less.

Steps
${STEPS.map(({ number, title }) => `  ${number}  ${title}`).join('\n')}
`;

const command: Command = {
    name: 'npm run diff',
    help: HELP,
    run: async (argv) => {
        const { positionals } = parse(argv, {}, 'step');
        const progress = openCheckProgress((message) => process.stderr.write(`${message}\n`)).read();
        const step = findStep(positionals[0] ?? String(stepForNow(progress)));
        const dir = existingWorkspace();
        const diff = workspaceDiff(dir, step);
        await page(diff === '' ? `Your files are those of step ${step.number}.\n` : colourDiff(diff), process.stdout);
        return 0;
    },
};

await runCommand(command);
