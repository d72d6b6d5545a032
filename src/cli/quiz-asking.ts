import { aside, text, title } from '../quiz/block.js';
import { headingOf } from '../quiz/briefing.js';
import type { Course } from '../quiz/course.js';
import type { Face } from '../quiz/face.js';
import { overview, summary, total } from '../quiz/overview.js';
import { PlainFace } from '../quiz/plain-face.js';
import type { Question } from '../quiz/question.js';
import { nextDue, type Wish } from '../quiz/record.js';
import { play } from '../quiz/session.js';
import { TerminalFace } from '../quiz/terminal-face.js';
import { StoppedError } from '../base/terminal/command.js';
import { isPlain } from '../base/terminal/plain.js';
import type { QuizStore } from '../quiz/quiz-store.js';
import { runHere } from './quiz-trial.js';

export interface AskOptions {
    store: QuizStore;
    questions: readonly Question[];
    wish: Wish;
    choose: (wish: Wish) => Course | undefined;
}

/** Asks in the terminal until the learner stops or nothing is left. */
export async function askHere({ store, questions, wish, choose }: AskOptions): Promise<number> {
    const face = isPlain() ? new PlainFace(process.stdin, process.stdout) : new TerminalFace(process.stdout);
    try {
        face.show([title('Knowledge check'), summary(overview(store.read(), questions, new Date()))]);
        let course = choose(wish);
        if (!course) face.show([text(nothingToAsk(store, questions, wish))]);
        while (course) {
            const question = questionOf(questions, course);
            const done = await play(question, course, face, {
                keep: (...change) => store.keep(...change),
                run: runHere,
            });
            store.finish(question, done);
            course = choose(wish.type === 'review' ? wish : { type: 'next' });
            if (course && !(await goesOn(face, questions, course))) return 0;
            const whole = overview(store.read(), questions, new Date());
            if (!course && whole.left === 0) face.show(total(whole));
        }
        return 0;
    } catch (error) {
        if ((error as Error).name === 'ExitPromptError' || error instanceof StoppedError) {
            face.show([aside('Every answer is kept: `npm run quiz` goes on here.')]);
        }
        throw error;
    } finally {
        face.close();
    }
}

function questionOf(questions: readonly Question[], course: Course): Question {
    return questions.find(({ number }) => number === course.question)!;
}

async function goesOn(face: Face, questions: readonly Question[], course: Course): Promise<boolean> {
    const heading = headingOf(questionOf(questions, course));
    const next = course.mode === 'review' ? `Review what is due of question ${course.question}` : heading;
    const options = [
        { value: 1, text: next },
        { value: 0, text: 'Stop here' },
    ];
    return (await face.ask({ type: 'pick', message: 'Go on with:', options })) === 1;
}

function nothingToAsk(store: QuizStore, questions: readonly Question[], { type }: Wish): string {
    const due = nextDue(store.read(), questions, new Date());
    const what = type === 'review' ? 'Nothing is due for review.' : 'Every question is done, and nothing is due.';
    const when = due ? ` Next comes up: ${due.toLocaleString()}.` : '';
    return `${what}${when} To take a question again: \`npm run quiz -- --question ${questions[0]!.number}\`.`;
}
