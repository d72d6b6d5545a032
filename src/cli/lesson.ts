import { findLesson, LESSONS } from '../course/lessons.js';
import { lessonText, Reading } from '../course/reading.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { glossaryView, lessonList, lessonView } from './lesson-view.js';
import { page } from './pager.js';
import { unlessUnwritable } from '../base/cannot-write-error.js';
import { tellUnkept } from './tell-unkept.js';
import { widthOf } from '../base/terminal/wrap.js';

const OPTIONS = {
    list: { type: 'boolean' },
    json: { type: 'boolean' },
} as const;

const HELP = `
npm run lesson -- [number] [options]
npm run lesson -- glossary

Shows a lesson in the terminal, and notes that you have read it; or what its words mean. Without a number: the first that you have not read.
A long one is paged by what PAGER names, or by less.

Options
  --list   all lessons: what each is for, how long it takes, and which you have read
  --json   the same list, for a program to read
`;

const GLOSSARY = 'glossary';

/** Longer lines are hard to read. */
const MAX_WIDTH = 100;

const command: Command = {
    name: 'npm run lesson',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'lesson');
        const [wanted] = positionals;
        if (wanted !== undefined && (values.list || values.json)) {
            throw new UsageError('Give the number of a lesson, or --list, not both.');
        }
        const reading = new Reading((message) => process.stderr.write(`${message}\n`));
        const width = Math.min(widthOf(process.stdout), MAX_WIDTH);
        if (values.json) {
            const states = reading.states().map(({ lesson, ...state }) => ({ ...lesson, ...state }));
            process.stdout.write(`${JSON.stringify(states, null, 4)}\n`);
            return 0;
        }
        if (wanted === GLOSSARY) {
            await page(glossaryView(width), process.stdout);
            return 0;
        }
        const lesson = wanted === undefined ? reading.next() : findLesson(wanted);
        if (values.list || !lesson) {
            process.stdout.write(lessonList(reading.states(), width));
            if (!values.list)
                process.stdout.write(`\nAll ${LESSONS.length} lessons are read. Name one to read it again.\n`);
            return 0;
        }
        await page(lessonView(lesson, lessonText(lesson), width), process.stdout);
        tellUnkept(unlessUnwritable(() => reading.markRead(lesson)));
        return 0;
    },
};

await runCommand(command);
