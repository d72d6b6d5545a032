import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { showCourse } from './show-course.js';

const OPTIONS = { port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const;

const HELP = `
npm run course -- [options]

Shows the course in the browser: lessons with their figures, the quiz, the exercises, the lab and the proof. What you
do there counts in the terminal, too. The server is on this machine, for nobody but who has its address; when it ends,
so does all that it has started.

Options
  --port <n>   listen on this port (default: any that is free)
  --no-open    print the address, and open no browser
`;

const command: Command = {
    name: 'npm run course',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        const port = numberOption('port', values.port, { min: 0, max: 65_535 }) ?? 0;
        await showCourse({
            port,
            opensBrowser: !values['no-open'] && process.stdout.isTTY,
            offersTerminal: false,
        });
        return 0;
    },
};

await runCommand(command);
