import { chooseCourse, type Wish } from '../quiz/record.js';
import { readAnswers } from '../quiz/answers-file.js';
import type { Question } from '../quiz/question.js';
import { readQuestions } from '../quiz/read-questions.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { answerFromFile, printOverview, reset } from './quiz-without-asking.js';
import { QuizStore } from '../quiz/quiz-store.js';
import { askHere } from './quiz-asking.js';

const OPTIONS = {
    question: { type: 'string' },
    review: { type: 'boolean' },
    list: { type: 'boolean' },
    reset: { type: 'boolean' },
    answers: { type: 'string' },
    json: { type: 'boolean' },
    seed: { type: 'string' },
    questions: { type: 'string' },
} as const;

const HELP = `
npm run quiz [-- options]

Asks the questions of the knowledge check: recall first, then a model answer, then probes that explain every choice.
Goes on where you left off. Every answer is kept before the next one is asked for.

Options
  --question <n>      this question, from where it was left; from its start if it was done
  --review            only probes that went wrong before and are due again
  --list              which questions are done, under way and left
  --reset             start anew; what was kept is set aside under a new name, never deleted
  --seed <n>          seed of the order of choices, for questions begun now (default: random)
  --questions <file>  other questions: a JSON array of what the YAML files in quiz/ hold
  --answers <file>    answers from a JSON file instead of a terminal (see below)
  --json              print for a program to read, and ask nothing: where you are, or with --answers how it went

The answers file holds an object by number of the question. Numbers of choices and items count from 1
in the order of the question's file, whatever the order on the screen:

  {
    "1": {
      "recall": "free text, or null to skip it",
      "keyPoints": ["ids of those that you had"],
      "probes": {
        "id-of-single-choice": 2,
        "id-of-select-all": [1, 3],
        "id-of-order": [2, 1, 3],
        "id-of-match": ["group of item 1", "group of item 2", "group of item 3"],
        "id-of-number": 20,
        "id-of-predict": "under-counted"
      },
      "run": false
    }
  }

"run" says whether trials of predictions are run; all but the probes may be left out. Where an answer is
missing, the question stays under way.

Exit codes: 0 fine; 1 with --answers, when a question was not answered to its end; 2 wrong usage.
`;

const command: Command = {
    name: 'npm run quiz',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        refuseTogether(values, ['question', 'review', 'list', 'reset']);
        refuseTogether(values, ['answers', 'list', 'reset']);
        const seed = numberOption('seed', values.seed, { min: 0, max: 2 ** 32 - 1 });
        const store = new QuizStore((message) => process.stderr.write(`${message}\n`));
        if (values.reset) return reset(store, values.json === true);

        const questions = readQuestions(values.questions);
        const wish = wishOf(questions, values);
        const choose = (wanted: Wish) =>
            chooseCourse(store.read(), questions, wanted, new Date(), seed ?? Math.floor(Math.random() * 2 ** 32));
        if (values.answers !== undefined) {
            const answers = readAnswers(values.answers, questions);
            return answerFromFile({ store, questions, wish, choose, answers, json: values.json === true });
        }
        if (values.list || values.json) return printOverview(store, questions, values.json === true);

        if (!process.stdin.isTTY || !process.stdout.isTTY) {
            throw new UsageError('The quiz asks in a terminal. Without one, pass --answers <file>, --list or --json.');
        }
        return askHere({ store, questions, wish, choose });
    },
};

function refuseTogether<Name extends string>(values: { [name in Name]?: unknown }, names: readonly Name[]): void {
    const given = names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
    if (given.length > 1) throw new UsageError(`Give ${given.slice(0, -1).join(', ')} or ${given.at(-1)}, not both.`);
}

function wishOf(questions: readonly Question[], { question, review }: { question?: string; review?: boolean }): Wish {
    if (review) return { type: 'review' };
    if (question === undefined) return { type: 'next' };
    const found = questions.find(({ number }) => String(number) === question.trim());
    if (found) return { type: 'question', number: found.number };
    const numbers = questions.map(({ number }) => number).join(', ');
    throw new UsageError(`There is no question '${question}'. Questions are ${numbers}.`);
}

/** Not awaited here: the quiz is bundled as a CommonJS script, which V8 can keep compiled. */
export const ended = runCommand(command);
