import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { helpText } from './help-text.js';
import { widthOf } from '../base/terminal/wrap.js';

const HELP = `
npm run hint
npm run hint -- --give-up

Gives the next hint for the first stage of the exercise that your Actor has not passed: three a stage, from a nudge to
nearly the answer. After the third, or with --give-up, it names the step of the solution that passes the stage.
`;

const command: Command = {
    name: 'npm run hint',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, { 'give-up': { type: 'boolean' } });
        process.stdout.write(`${helpText(widthOf(process.stdout), values['give-up'] ?? false)}\n`);
        return 0;
    },
};

await runCommand(command);
