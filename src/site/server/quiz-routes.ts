import { type Context, Hono } from 'hono';

import { stageOf } from '../../quiz/course.js';
import type { Question } from '../../quiz/question.js';
import { QuizStore } from '../../quiz/quiz-store.js';
import { readQuestions } from '../../quiz/read-questions.js';
import { runPrediction } from '../../quiz/run-prediction.js';
import { questionPage, quizPage } from '../pages/quiz.js';
import { HERE } from '../pages/quiz-blocks.js';
import { stalePage } from '../pages/quiz-stale.js';
import { hrefTo, PLACES, questionPlace } from '../places.js';
import { FIELDS, type Fields, RUN_WISHES } from '../quiz/fields.js';
import { linksOf, REVIEW_PLACE } from '../quiz/links-of.js';
import type { Asked, QuizAt } from '../quiz/quiz-at.js';
import { quizView } from '../quiz/quiz-view.js';
import { take, type Taken } from '../quiz/take.js';
import type { CourseServices } from './app.js';
import { BusyError } from './jobs.js';
import { QuizTrials } from './quiz-trials.js';
import { sendTrace } from './send-trace.js';

export interface QuizOptions {
    questions?: readonly Question[];
    store?: QuizStore;
    /** Runs the trial of a prediction. */
    run?: typeof runPrediction;
}

const RUNS_PLACE = `${PLACES.quiz}runs/`;
/** What an address says of the run that is to be shown, beside the id of one. */
const RECORDED = 'recorded';

/** The quiz, on the record that the terminal's has, too. Each answer is on disk before the page is sent on. */
export function quizRoutes({ jobs, warn }: Pick<CourseServices, 'jobs' | 'warn'>, options: QuizOptions = {}): Hono {
    const app = new Hono();
    const { store = new QuizStore(warn), questions = readQuestions() } = options;
    const trials = new QuizTrials(jobs, store, options.run ?? runPrediction);
    const pageAt = (place: string) => ({ place, isLive: true });

    app.get(`/${PLACES.quiz}`, (context) => {
        const page = pageAt(PLACES.quiz);
        const links = linksOf(page, questions, []);
        return context.html(quizPage(page, { record: store.read(), questions, links, now: new Date() }));
    });
    app.get(`/${RUNS_PLACE}:id`, (context) => {
        const trace = trials.trace(context.req.param('id') ?? '');
        if (!trace) return context.notFound();
        return sendTrace(context, trace.packed);
    });
    const places: (readonly [QuizAt, string])[] = [
        ['review', REVIEW_PLACE],
        ...questions.map(({ number }) => [number, questionPlace(number)] as const),
    ];
    for (const [at, place] of places) {
        app.get(`/${place}`, (context) => context.html(stateHtml(context, at, place)));
        app.post(`/${place}`, async (context) => {
            const fields = new URLSearchParams(await context.req.text());
            const stopped = fields.get(FIELDS.stop);
            if (stopped !== null) {
                jobs.find(stopped)?.stop();
                return context.redirect(`/${place}#${HERE}`, 303);
            }
            return answered(context, at, place, fields);
        });
    }
    return app;

    function answered(context: Context, at: QuizAt, place: string, fields: Fields): Response | Promise<Response> {
        const taken = takeIntoStore(at, fields);
        switch (taken.type) {
            case 'taken': {
                const run = fields.get(FIELDS.filled) === RUN_WISHES.recorded ? `&run=${RECORDED}` : '';
                const query = taken.after === undefined ? '' : `?after=${taken.after}${run}`;
                return context.redirect(`/${place}${query}#${HERE}`, 303);
            }
            case 'run':
                return begun(context, at, place, taken.asked);
            case 'stale':
                return context.html(stalePage(pageAt(place), fields), 409);
            case 'wrong':
                return context.html(stateHtml(context, at, place, { fields, problem: taken.problem }), 400);
        }
    }

    function takeIntoStore(at: QuizAt, fields: Fields): Taken {
        let taken: Taken = { type: 'stale' };
        store.change((record) => {
            const seed = Math.floor(Math.random() * 2 ** 32);
            taken = take(record, questions, at, fields, { now: new Date(), seed });
            return taken.type === 'taken' ? taken.record : record;
        });
        return taken;
    }

    function begun(
        context: Context,
        at: QuizAt,
        place: string,
        { question, course }: Asked,
    ): Response | Promise<Response> {
        const stage = stageOf(question, course);
        if (stage.type !== 'run') return context.notFound();
        const present = trials.stateOf(question, stage.probe);
        try {
            // Asked for twice, it runs once.
            if (!present || 'problem' in present) trials.start(question, course, stage.probe);
        } catch (error) {
            if (!(error instanceof BusyError)) throw error;
            const problem = `${error.message} Wait until it is over, or stop it, and then ask again.`;
            return context.html(stateHtml(context, at, place, { fields: new URLSearchParams(), problem }), 409);
        }
        return context.redirect(`/${place}#${HERE}`, 303);
    }

    function stateHtml(
        context: Context,
        at: QuizAt,
        place: string,
        refused?: { fields: Fields; problem: string },
    ): string {
        const page = pageAt(place);
        const shown = questions.filter(({ number }) => at === 'review' || at === number);
        const links = linksOf(page, questions, shown);
        const after = context.req.query('after');
        const view = quizView({ record: store.read(), questions, at, after, now: new Date() });
        const wanted = context.req.query('run');
        const trace = wanted === undefined ? undefined : trials.trace(wanted);
        const stage = view.type === 'ask' ? view.stage : undefined;
        const trial =
            view.type === 'ask' && stage?.type === 'run' ? trials.stateOf(view.asked.question, stage.probe) : undefined;
        const noResult =
            trial && 'problem' in trial ? { fields: new URLSearchParams(), problem: trial.problem } : undefined;
        return questionPage(page, {
            view,
            links,
            refused: refused ?? noResult,
            ...(trial &&
                'job' in trial &&
                stage?.type === 'run' && {
                    running: {
                        id: trial.job.id,
                        events: hrefTo(place, `jobs/${trial.job.id}`),
                        told: trial.told,
                        after: stage.probe.id,
                    },
                }),
            ...(trace && { ownRun: { label: trace.label, recording: hrefTo(place, `${RUNS_PLACE}${wanted!}`) } }),
            isRunOpen: wanted !== undefined && (wanted === RECORDED || trace !== undefined),
        });
    }
}
