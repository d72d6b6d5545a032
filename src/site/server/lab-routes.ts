import { gzipSync } from 'node:zlib';

import { Hono } from 'hono';
import * as v from 'valibot';

import { UsageError } from '../../base/usage-error.js';
import { STEP_FAULTS } from '../../trial/expected.js';
import type { TrialSettings } from '../../trial/settings.js';
import { findStep } from '../../trial/steps.js';
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

const optional = <T extends v.GenericSchema<unknown, unknown>>(schema: T) =>
    v.optional(
        v.union([
            v.pipe(
                v.literal(''),
                v.transform(() => undefined),
            ),
            schema,
        ]),
    );
const numberBetween = (min: number, max: number) =>
    v.pipe(v.string(), v.transform(Number), v.number(), v.minValue(min), v.maxValue(max));
const wholeBetween = (min: number, max: number) => v.pipe(numberBetween(min, max), v.integer());

/** What the lab's form sends; fields that were left empty are as if they were not there. */
const formSchema = v.object({
    subject: v.string(),
    fault: v.picklist(['none', ...STEP_FAULTS]),
    at: optional(v.pipe(v.string(), v.maxLength(100))),
    times: optional(wholeBetween(1, 20)),
    products: optional(wholeBetween(1, 60)),
    latency: optional(wholeBetween(0, 10_000)),
    grace: optional(numberBetween(0, 60)),
    'read-lag': optional(numberBetween(0, 60)),
    'no-reboot': v.optional(v.string()),
    'no-graceful-shutdown': v.optional(v.string()),
});

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
        const form = v.parse(formSchema, await context.req.parseBody());
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

function settingsOf(form: v.InferOutput<typeof formSchema>): TrialSettings {
    const settings = {
        at: form.fault === 'none' ? undefined : form.at,
        times: form.fault === 'none' ? undefined : form.times,
        products: form.products,
        latencyMs: form.latency,
        grace: form.grace,
        readLagMillis: form['read-lag'] === undefined ? undefined : form['read-lag'] * 1_000,
        reboot: form['no-reboot'] === undefined ? undefined : false,
        gracefulShutdown: form['no-graceful-shutdown'] === undefined ? undefined : false,
    };
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return { fault: form.fault, ...Object.fromEntries(given) };
}

function problemOf(error: Error): string {
    if (!(error instanceof v.ValiError)) return error.message;
    const [issue] = (error as v.ValiError<typeof formSchema>).issues;
    return `${v.getDotPath(issue!) ?? 'The form'}: ${issue!.message}`;
}
