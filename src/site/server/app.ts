import { readFileSync } from 'node:fs';

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';

import { LESSONS } from '../../course/lessons.js';
import { Reading } from '../../course/reading.js';
import { readingPages } from '../course-pages.js';
import { learnersPlace } from '../learners-place.js';
import { messagePage } from '../pages/message.js';
import { lessonPlace, PLACES } from '../places.js';
import { placeOf, refuse } from './answer.js';
import { assets } from './assets.js';
import { exerciseRoutes } from './exercise-routes.js';
import { guard, type GuardOptions, ownPath } from './guard.js';
import { BusyError, type Jobs } from './jobs.js';
import { labRoutes } from './lab-routes.js';
import { proofRoutes } from './proof-routes.js';
import { quizRoutes } from './quiz-routes.js';

/** What the routes of a part of the course are given. */
export interface CourseServices {
    jobs: Jobs;
    /** Told in a line what a person should know, such as that a file of progress was damaged. */
    warn: (message: string) => void;
    /** Aborted when the server closes. */
    closing: AbortSignal;
}

const MAX_BODY_BYTES = 64 * 1_024;

/** The course as a server on this machine. */
export function courseApp(course: CourseServices, guarded: GuardOptions): Hono {
    const app = new Hono();
    const { jobs, warn } = course;
    app.use(guard(guarded));
    app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.text('That is too long.\n', 413) }));
    app.onError((error, context) => {
        if (error instanceof BusyError) return refuse(context, error);
        warn(`${context.req.method} ${context.req.path}: ${error.message}`);
        const page = { place: placeOf(context), isLive: true };
        return context.html(messagePage(page, 'That failed', error.message), 500);
    });
    app.notFound((context) => {
        const page = { place: placeOf(context), isLive: true };
        return context.html(messagePage(page, 'No such page', 'The course has no page here.'), 404);
    });

    const files = assets();
    for (const [place, { path, type }] of files) {
        app.get(`/${place}`, (context) => context.body(readFileSync(path), 200, { 'Content-Type': type }));
    }
    for (const [place, make] of readingPages()) {
        app.get(`/${place}`, (context) => context.html(make({ place, isLive: true }, learnersPlace(warn))));
    }
    app.route('/', exerciseRoutes(course));
    app.route('/', proofRoutes(course));
    app.post('/lessons/:number/read', async (context) => {
        const at = LESSONS.findIndex(({ number }) => String(number) === context.req.param('number'));
        if (at === -1) return context.notFound();
        new Reading(warn).markRead(LESSONS[at]!);
        const next = LESSONS[at + 1];
        return context.redirect(`/${next ? lessonPlace(next) : PLACES.home}`, 303);
    });

    app.route('/', labRoutes(course));
    app.route('/', quizRoutes(course));

    app.get('/jobs/:id', (context) => {
        const job = jobs.find(context.req.param('id'));
        if (!job) return context.notFound();
        return streamSSE(context, async (stream) => {
            const left = new AbortController();
            stream.onAbort(() => left.abort());
            let place = Number(context.req.header('last-event-id') ?? -1) + 1;
            for (;;) {
                await job.waitFor(place, left.signal);
                if (left.signal.aborted) return;
                for (; place < job.events.length; place++) {
                    const { name, data } = job.events[place]!;
                    await stream.writeSSE({ event: name, data: JSON.stringify(data), id: String(place) });
                }
                if (!job.isOver) continue;
                await stream.writeSSE({ event: 'over', data: 'null' });
                return;
            }
        });
    });
    app.post('/jobs/:id/stop', (context) => {
        const job = jobs.find(context.req.param('id'));
        if (!job) return context.notFound();
        job.stop();
        return context.body(null, 204);
    });
    // An address that was typed without its last sign.
    app.get('*', (context, next) => {
        const { path } = context.req;
        return path.endsWith('/') || path.includes('.') ? next() : context.redirect(`${ownPath(path)}/`, 308);
    });
    return app;
}
