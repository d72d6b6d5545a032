import * as v from 'valibot';

import { ApiError, invalidInput } from '../errors.js';
import { isTerminal } from '../../trace/runs.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { jsonReply, type Reply } from './reply.js';

const CHARGE = v.looseObject({
    eventName: v.string(),
    count: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
});

export const chargeOperations: Operation[] = [
    { operationId: 'PostChargeRun', method: 'POST', path: '/actor-runs/:runId/charge', handle: charge },
];

/**
 * Counts a charge. Its price is not reckoned and its limit not checked: the API leaves that to the Actor.
 *
 * Source: https://docs.apify.com/api/v2/post-charge-run
 */
function charge(call: Call): Reply {
    const { store } = call.core;
    const { id, status, pricingInfo } = store.run(call.params.runId!);
    const parsed = v.safeParse(CHARGE, jsonBody(call));
    if (!parsed.success) throw invalidInput(`That is no charge: ${v.summarize(parsed.issues)}`);
    if (call.caller.kind !== 'run' || call.caller.runId !== id) {
        throw new ApiError(403, 'insufficient-permissions', 'Only the run itself, with its own token, can charge.');
    }
    if (isTerminal(status)) throw new ApiError(400, 'job-finished', `Run '${id}' is ${status} and can't charge.`);
    const { eventName, count } = parsed.output;
    if (pricingInfo?.pricingModel !== 'PAY_PER_EVENT') {
        throw new ApiError(400, 'invalid-value', 'The Actor is not priced by event.');
    }
    if (!Object.hasOwn(pricingInfo.pricingPerEvent?.actorChargeEvents ?? {}, eventName)) {
        throw new ApiError(400, 'invalid-value', `The Actor has no event '${eventName.slice(0, 80)}' to charge for.`);
    }
    const key = call.headers['idempotency-key'];
    const idempotencyKey = typeof key === 'string' ? key : undefined;
    const isRepeated = idempotencyKey !== undefined && store.state.chargeKeys.get(id)?.has(idempotencyKey);
    if (!isRepeated)
        store.commit({ type: 'run.charged', id, eventName, count, ...(idempotencyKey && { idempotencyKey }) });
    return jsonReply({}, 201);
}
