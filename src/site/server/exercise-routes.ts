import { randomBytes } from 'node:crypto';

import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

import { UsageError } from '../../base/usage-error.js';
import { openCheckProgress } from '../../exercise/progress.js';
import { stepForNow, workspaceDiff } from '../../exercise/workspace-diff.js';
import { hasWorkspace } from '../../exercise/workspace.js';
import { STEPS } from '../../trial/steps.js';
import { exercisePages, pageOfExercise, type Work } from '../exercise-pages.js';
import { type AnyExercise, EXERCISES, folderOfCopy, isTracker } from '../exercises.js';
import { learnersPlace } from '../learners-place.js';
import { exercisePlace } from '../places.js';
import type { CourseServices } from './app.js';
import { isScript, refuse } from './answer.js';
import { BusyError } from './jobs.js';
import { Workbench } from './workbench.js';
import { sendTrace } from './send-trace.js';

/** Of watches that were asked for and not begun, so many are kept. */
const MAX_ASKED = 20;

/** The exercises: their pages, what their buttons do, and streams that tell of each try. */
export function exerciseRoutes(services: CourseServices): Hono {
    const app = new Hono();
    const { warn, closing } = services;
    const bench = new Workbench(services);
    /** Watches that were asked for, by ids that nobody can guess. */
    const asked = new Map<string, AnyExercise>();

    for (const [place, make] of exercisePages()) {
        app.get(`/${place}`, (context, next) => {
            const exercise = [...EXERCISES].find(([name]) => exercisePlace(name) === place)?.[1];
            const page = { place, isLive: true };
            if (!exercise) return context.html(make(page, learnersPlace(warn)));
            const step = context.req.query('diff');
            if (step !== undefined && !STEPS.some(({ number }) => String(number) === step)) return next();
            const work = { state: bench.stateOf(exercise), ...comparison(exercise, step, warn) };
            return context.html(pageOfExercise(page, exercise, work));
        });
    }
    const actions: Readonly<Record<string, (exercise: AnyExercise) => void>> = {
        start: (exercise) => bench.begin(exercise, false),
        reset: (exercise) => bench.begin(exercise, true),
        try: (exercise) => bench.try(exercise),
        stop: (exercise) => bench.stop(exercise),
        hint: (exercise) => bench.hint(exercise),
    };
    for (const [action, act] of Object.entries(actions)) {
        app.post(`/exercises/:name/${action}`, (context) => {
            const exercise = EXERCISES.get(context.req.param('name'));
            if (!exercise) return context.notFound();
            try {
                act(exercise);
            } catch (error) {
                if (error instanceof BusyError || error instanceof UsageError) return refuse(context, error);
                throw error;
            }
            if (isScript(context)) return context.json(bench.stateOf(exercise));
            return context.redirect(`/${exercisePlace(context.req.param('name'))}`, 303);
        });
    }
    app.post('/exercises/:name/watch', (context) => {
        const exercise = EXERCISES.get(context.req.param('name'));
        if (!exercise) return context.notFound();
        const id = randomBytes(16).toString('base64url');
        asked.set(id, exercise);
        for (const old of [...asked.keys()].slice(0, -MAX_ASKED)) asked.delete(old);
        return context.json({ id });
    });
    app.get('/watches/:id', (context) => {
        const exercise = asked.get(context.req.param('id'));
        if (!exercise) return context.notFound();
        return streamSSE(context, async (stream) => {
            const left = new AbortController();
            stream.onAbort(() => left.abort());
            const signal = AbortSignal.any([left.signal, closing]);
            const { bell, close } = bench.watch(exercise);
            try {
                while (!signal.aborted) {
                    const { rung } = bell;
                    await stream.writeSSE({ event: 'state', data: JSON.stringify(bench.stateOf(exercise)) });
                    await bell.after(rung, signal);
                }
            } finally {
                await close();
            }
        });
    });
    for (const which of ['trace', 'undisturbed'] as const) {
        app.get(`/jobs/:id/${which}`, (context, next) => {
            const trace = bench.triedBy(context.req.param('id'))?.[which];
            if (!trace) return next();
            return sendTrace(context, trace);
        });
    }
    return app;
}

/** What a learner's tracker can be compared with, and the comparison that is asked for. */
function comparison(
    exercise: AnyExercise,
    wanted: string | undefined,
    warn: (message: string) => void,
): Pick<Work, 'steps' | 'compared'> {
    if (!isTracker(exercise)) return {};
    const dir = folderOfCopy(exercise);
    const now = wanted ?? String(stepForNow(openCheckProgress(warn).read()));
    const step = STEPS.find(({ number }) => String(number) === wanted);
    return {
        steps: STEPS.map(({ number, title }) => ({ number, title, isNext: String(number) === now })),
        ...(step && hasWorkspace(dir) && { compared: { to: `step ${step.number}`, text: workspaceDiff(dir, step) } }),
    };
}
