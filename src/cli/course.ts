import chalk from 'chalk';

import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { serveCourse } from '../site/server/serve.js';
import { openFile } from './open-file.js';

const OPTIONS = { port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const;

const HELP = `
npm run course -- [options]

Shows the course in the browser: lessons with their figures, the quiz, the exercises, the lab and the proof. What you
do there counts in the terminal, too. The server is on this machine, for nobody but who has its address, and ends with
Ctrl-C, with all that it has started.

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
        const stop = listenForStop();
        const server = await serveCourse({ port, warn: (message) => process.stderr.write(`${message}\n`) });
        process.stdout.write(`The course is at ${chalk.cyan(server.url)}\nCtrl-C ends it.\n`);
        if (!values['no-open'] && process.stdout.isTTY) await openFile(server.url);
        if (!stop.signal.aborted) {
            await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
        }
        await server.close();
        stop.off();
        return 0;
    },
};

await runCommand(command);
