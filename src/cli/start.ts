import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { isPlain } from '../base/terminal/plain.js';

const OPTIONS = { demo: { type: 'boolean' } } as const;

const HELP = `
npm start -- [options]

Opens the course in the browser; a key leads to the course in the terminal, which can do all of it. Without a terminal
it shows the main demo.

Options
  --plain  the course in the terminal at once: where you are, and what is next; also with ACCESSIBLE=1 or TERM=dumb
  --demo   the main demo at once: the same Actor is moved twice on this machine, first without migration handling,
           then with it. Takes under a minute and asks nothing.
`;

const command: Command = {
    name: 'npm start',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        // The demo loads the platform, which nothing else here need wait for.
        if (values.demo || !process.stdin.isTTY || !process.stdout.isTTY) return (await import('./demo.js')).runDemo();
        if (!isPlain()) {
            const { showCourse } = await import('./show-course.js');
            if (!(await showCourse({ port: 0, opensBrowser: true, offersTerminal: true }))) return 0;
        }
        return (await import('./greeting.js')).greet();
    },
};

await runCommand(command);
