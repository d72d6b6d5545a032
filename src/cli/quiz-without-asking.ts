import { playAnswers, type QuestionAnswers } from '../quiz/answers-file.js';
import { aside, type Block, text } from '../quiz/block.js';
import { headingOf } from '../quiz/briefing.js';
import { type Course, type CourseStage, stageOf } from '../quiz/course.js';
import { closing } from '../quiz/feedback.js';
import { list, overview } from '../quiz/overview.js';
import type { Question } from '../quiz/question.js';
import type { Wish } from '../quiz/record.js';
import { render } from '../quiz/render.js';
import { scoreOf } from '../quiz/score.js';
import { UsageError } from '../base/usage-error.js';
import type { QuizStore } from '../quiz/quiz-store.js';
import { runHere } from './quiz-trial.js';

export function printOverview(store: QuizStore, questions: readonly Question[], json: boolean): number {
    const overviewed = overview(store.read(), questions, new Date());
    if (json) printJson({ file: store.file, ...overviewed });
    else print(list(overviewed));
    return 0;
}

export function reset(store: QuizStore, json: boolean): number {
    const aside = store.setAside() ?? null;
    if (json) printJson({ setAside: aside });
    else if (aside === null) process.stdout.write('Nothing was kept so far.\n');
    else process.stdout.write(`The quiz starts anew. What was kept is now in ${aside}\n`);
    return 0;
}

export interface AnswerOptions {
    store: QuizStore;
    questions: readonly Question[];
    wish: Wish;
    choose: (wish: Wish) => Course | undefined;
    answers: ReadonlyMap<Question, QuestionAnswers>;
    json: boolean;
}

interface Played {
    question: Question;
    course: Course;
    stage: CourseStage;
}

/** Answers from a file; 1 when a question was not answered to its end. */
export async function answerFromFile(options: AnswerOptions): Promise<number> {
    const { store, questions, json } = options;
    const played: Played[] = [];
    for (const { question, course, answers } of coursesIn(options)) {
        const after = await playAnswers(question, course, answers, {
            keep: (...change) => store.keep(...change),
            run: runHere,
        });
        const stage = stageOf(question, after);
        if (stage.type === 'over') store.finish(question, after);
        played.push({ question, course: after, stage });
    }
    if (json)
        printJson({ file: store.file, played: played.map(toJson), ...overview(store.read(), questions, new Date()) });
    else if (played.length === 0) print([text('Nothing in the file is due for review.')]);
    else print(played.flatMap(toBlocks));
    return played.every(({ stage }) => stage.type === 'over') ? 0 : 1;
}

/** The courses that the file has answers for; each is chosen when the one before is over. */
function* coursesIn({ wish, choose, answers }: AnswerOptions): Generator<{
    question: Question;
    course: Course;
    answers: QuestionAnswers;
}> {
    const find = (number: number) => [...answers].find(([question]) => question.number === number);
    if (wish.type === 'review') {
        for (let course = choose(wish); course; course = choose(wish)) {
            const found = find(course.question);
            if (!found) return;
            yield { question: found[0], course, answers: found[1] };
            const left = choose(wish);
            if (left && left.question === course.question) return;
        }
        return;
    }
    const wanted = wish.type === 'question' ? wish.number : undefined;
    if (wanted !== undefined && !find(wanted)) {
        throw new UsageError(`--question ${wanted} has no answers in the file of --answers.`);
    }
    for (const [question, given] of answers) {
        if (wanted !== undefined && question.number !== wanted) continue;
        yield { question, course: choose({ type: 'question', number: question.number })!, answers: given };
    }
}

function toBlocks({ question, course, stage }: Played): Block[] {
    if (stage.type === 'over') return closing(question, course);
    return [text(headingOf(question)), aside(`Under way: ${waitingFor(stage)} has no answer in the file.`)];
}

function toJson({ question, course, stage }: Played): object {
    const { mode, answers } = course;
    const waiting = stage.type === 'over' ? null : waitingFor(stage);
    return { question: question.number, mode, waitingFor: waiting, ...scoreOf(question, course), answers };
}

function waitingFor(stage: CourseStage): string {
    return 'probe' in stage ? `the probe '${stage.probe.id}'` : `the stage '${stage.type}'`;
}

function print(blocks: readonly Block[]): void {
    process.stdout.write(render(blocks, { width: process.stdout.columns || 80, words: false }));
}

function printJson(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 4)}\n`);
}
