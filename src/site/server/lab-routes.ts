import { gzipSync } from 'node:zlib';

import { Hono } from 'hono';
import * as v from 'valibot';

import { UsageError } from '../../base/usage-error.js';
import { findStep } from '../../trial/steps.js';
import { labFormSchema, settingsOf, wholeBetween } from '../lab-form.js';
import { labData, labPage } from '../pages/lab.js';
import { PLACES } from '../places.js';
import { packTrace } from '../../replay/pack-trace.js';
import { RECORDED } from '../recordings.js';
import { FAULTS_NOW } from '../faults-now.js';
import { RECORDED_RUNS } from '../figures.js';
import { isScript, refuse } from './answer.js';
import type { CourseServices } from './app.js';
import { labSubjects, LabRuns } from './lab-runs.js';
import { sendTrace } from './send-trace.js';

const indexSchema = v.object({ index: wholeBetween(0, Number.MAX_SAFE_INTEGER) });
const faultSchema = v.object({ fault: v.picklist(FAULTS_NOW) });

/** The lab: runs of the steps and of the learner's Actor, at a moment and from a moment that the learner chooses. */
export function labRoutes({ jobs }: CourseServices): Hono {
    const app = new Hono();
    const runs = new LabRuns(jobs);
    const root = `/${PLACES.lab}`;

    app.onError((error, context) => {
        if (error instanceof UsageError || error instanceof v.ValiError) {
            return refuse(context, new Error(problemOf(error)), 400);
        }
        throw error;
    });
    app.get(root, (context) =>
        context.html(labPage({ place: PLACES.lab, isLive: true }, labData(runs, jobs.present), labSubjects())),
    );
    app.post(`${root}runs/`, async (context) => {
        const form = v.parse(labFormSchema, await context.req.parseBody());
        const subject = labSubjects().find(({ number }) => String(number) === form.subject);
        if (!subject) throw new UsageError(`There is no '${form.subject}' to run.`);
        const { id } = runs.start(subject, settingsOf(form));
        return isScript(context) ? context.json({ id }) : context.redirect(`${root}#run=${id}`, 303);
    });
    app.post(`${root}recorded/:name/`, (context) => {
        const recorded = RECORDED_RUNS.get(context.req.param('name'));
        if (!recorded) return context.notFound();
        return context.json({ id: runs.start(findStep(String(recorded.step)), recorded.settings).id });
    });
    app.get(`${root}runs/:id/${RECORDED}`, (context) => {
        const run = runs.find(context.req.param('id'));
        if (!run) return context.notFound();
        try {
            return sendTrace(context, packTrace(runs.traceOf(run)));
        } catch (error) {
            // A run that has just begun has nothing that could be read yet.
            if (jobs.present?.id !== run.id) throw error;
            return sendTrace(context, gzipSync(''));
        }
    });
    app.post(`${root}runs/:id/strike`, async (context) => {
        const run = runs.find(context.req.param('id'));
        if (!run) return context.notFound();
        const { fault } = v.parse(faultSchema, await context.req.parseBody());
        if (runs.strike(run, fault)) return context.json({});
        return refuse(context, new Error('There is no process that could be struck now.'));
    });
    app.post(`${root}runs/:id/fork`, async (context) => {
        const run = runs.find(context.req.param('id'));
        if (!run) return context.notFound();
        const { index } = v.parse(indexSchema, await context.req.parseBody());
        return context.json({ id: runs.fork(run, index).id });
    });
    app.get(`${root}runs/`, (context) => context.json(labData(runs, jobs.present).runs));
    return app;
}

function problemOf(error: Error): string {
    if (!(error instanceof v.ValiError)) return error.message;
    const [issue] = (error as v.ValiError<typeof labFormSchema>).issues;
    return `${v.getDotPath(issue!) ?? 'The form'}: ${issue!.message}`;
}
