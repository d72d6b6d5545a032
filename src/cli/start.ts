import { type Command, parse, runCommand } from '../base/terminal/command.js';

const OPTIONS = { demo: { type: 'boolean' } } as const;

const HELP = `
npm start -- [options]

Says where you are in the course and what is next, and goes on from there. Without a terminal it shows the main demo.

Options
  --demo   the main demo at once: the same Actor is moved twice on this machine, first without migration handling,
           then with it. Takes under a minute and asks nothing.
`;

const command: Command = {
    name: 'npm start',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        // The demo loads the platform, which a greeting needn't wait for.
        if (values.demo || !process.stdin.isTTY || !process.stdout.isTTY) return (await import('./demo.js')).runDemo();
        return (await import('./greeting.js')).greet();
    },
};

await runCommand(command);
