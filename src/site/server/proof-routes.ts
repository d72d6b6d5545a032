import { Hono } from 'hono';

import { PLACES } from '../places.js';
import { PROOF_PRODUCTS, pageOfProof, proofSubjects } from '../proof-pages.js';
import { NO_PROOF, type ProofEvent, withEvent } from '../proof-state.js';
import type { CourseServices } from './app.js';
import { isScript, refuse } from './answer.js';
import { BusyError, type Job } from './jobs.js';
import { Prover } from './prover.js';
import { sendTrace } from './send-trace.js';

/** The proof: its page, what its buttons do, and the recordings of its cells. */
export function proofRoutes(services: CourseServices): Hono {
    const app = new Hono();
    const prover = new Prover(services);
    const page = { place: PLACES.proof, isLive: true };

    app.get(`/${PLACES.proof}`, (context) => {
        const { job } = prover;
        return context.html(
            pageOfProof(page, {
                ...(job && { job: job.id }),
                isAtWork: job !== undefined && !job.isOver,
                state: job ? stateOf(job) : NO_PROOF,
            }),
        );
    });
    app.post(`/${PLACES.proof}run`, async (context) => {
        const { subject: name, products: count } = await context.req.parseBody();
        const subject = proofSubjects().get(String(name));
        const products = PROOF_PRODUCTS.find((one) => String(one) === count);
        if (!subject || products === undefined) return context.notFound();
        try {
            const { id } = prover.start({ subject, products });
            return isScript(context) ? context.json({ id }) : context.redirect(`/${PLACES.proof}`, 303);
        } catch (error) {
            if (!(error instanceof BusyError)) throw error;
            return refuse(context, error);
        }
    });
    app.post(`/${PLACES.proof}stop`, (context) => {
        prover.job?.stop();
        return isScript(context) ? context.json({}) : context.redirect(`/${PLACES.proof}`, 303);
    });
    app.get('/jobs/:id/cells/:place{\\d{1,6}}', (context) => {
        const { id, place } = context.req.param();
        const trace = prover.traceOf(id, Number(place));
        if (!trace) return context.notFound();
        return sendTrace(context, trace);
    });
    return app;
}

function stateOf({ events }: Job) {
    return (events as readonly ProofEvent[]).reduce(withEvent, NO_PROOF);
}
