import * as v from 'valibot';

import { invalidInput } from '../errors.js';
import type { ActorDefinition, RunOptions } from '../run/actor.js';
import type { ActorSettings } from '../../trace/actors.js';
import { LOCAL_USER } from '../store.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { dataReply, type Reply } from './reply.js';
import { runOptions } from './run-options.js';
import { waitForFinish } from './run-reply.js';
import { listRuns, runReply } from './run-reply.js';
import { listPage } from './storages.js';
import { addWebhooks, adHocWebhooks } from './webhooks.js';

const ISO_TIME = v.pipe(
    v.string(),
    v.check((time) => !Number.isNaN(Date.parse(time)), 'Not a time'),
);
const PRICING_INFO = v.looseObject({
    pricingModel: v.picklist(['PAY_PER_EVENT', 'PRICE_PER_DATASET_ITEM', 'FLAT_PRICE_PER_MONTH', 'FREE']),
    startedAt: v.optional(ISO_TIME),
    pricingPerEvent: v.optional(
        v.looseObject({ actorChargeEvents: v.optional(v.record(v.string(), v.looseObject({}))) }),
    ),
});
const UPDATED_ACTOR = v.looseObject({
    title: v.nullish(v.string()),
    description: v.nullish(v.string()),
    pricingInfos: v.optional(v.array(PRICING_INFO)),
});

export const actorOperations: Operation[] = [
    {
        operationId: 'actors_get',
        method: 'GET',
        path: '/actors',
        handle: (call) => dataReply(listPage(call, call.core.runs.actors(), (actor) => actorView(call, actor))),
    },
    {
        operationId: 'actor_get',
        method: 'GET',
        path: '/actors/:actorId',
        handle: (call) => dataReply(actorView(call, findActor(call))),
    },
    { operationId: 'actor_put', method: 'PUT', path: '/actors/:actorId', handle: changeActor },
    {
        operationId: 'actors_runs_get',
        method: 'GET',
        path: '/actors/:actorId/runs',
        handle: (call) => {
            const actor = findActor(call);
            return listRuns(call, (actorId) => actorId === actor.id);
        },
    },
    { operationId: 'actors_runs_post', method: 'POST', path: '/actors/:actorId/runs', handle: startRun },
];

export function findActor(call: Call): ActorDefinition {
    return call.core.runs.actor(call.params.actorId!);
}

function actorView({ core: { store, runs } }: Call, { id, name, username }: ActorDefinition): Record<string, unknown> {
    const { title = name, description = null, pricingInfos } = store.state.actors.get(id) ?? {};
    const openedAt = new Date(runs.openedAt).toISOString();
    const started = [...store.state.runs.values()].filter(({ actorId }) => actorId === id);
    const last = started.at(-1);
    return {
        id,
        userId: LOCAL_USER.id,
        username: username ?? LOCAL_USER.username,
        name,
        title,
        description,
        isPublic: false,
        createdAt: openedAt,
        modifiedAt: openedAt,
        stats: {
            totalBuilds: 0,
            totalRuns: started.length,
            ...(last && { lastRunStartedAt: new Date(last.startedAt).toISOString() }),
        },
        versions: [],
        defaultRunOptions: { build: 'latest', timeoutSecs: 3_600, memoryMbytes: 1_024, restartOnError: false },
        ...(pricingInfos && { pricingInfos }),
    };
}

/** Takes what has a meaning here; the command that starts the Actor can't be changed through the API. */
function changeActor(call: Call): Reply {
    const actor = findActor(call);
    const parsed = v.safeParse(UPDATED_ACTOR, jsonBody(call));
    if (!parsed.success) throw invalidInput(`The Actor can't be changed: ${v.summarize(parsed.issues)}`);
    const { title, description, pricingInfos } = parsed.output;
    const change: ActorSettings = {
        ...(typeof title === 'string' && { title }),
        ...(typeof description === 'string' && { description }),
        ...(pricingInfos && { pricingInfos }),
    };
    if (Object.keys(change).length > 0) call.core.store.commit({ type: 'actor.changed', id: actor.id, change });
    return dataReply(actorView(call, actor));
}

async function startRun(call: Call): Promise<Reply> {
    const inputContentType = call.headers['content-type'] ?? 'application/json';
    return startWith(call, findActor(call), call.body.length > 0 ? { input: call.body, inputContentType } : {});
}

/** Starts a run as the call's query says. */
export async function startWith(
    call: Call,
    actor: ActorDefinition,
    given: Pick<RunOptions, 'input' | 'inputContentType' | 'taskId'>,
): Promise<Reply> {
    const webhooks = adHocWebhooks(call);
    const options = { ...given, ...runOptions(call) };
    const run = await call.core.runs.start(actor, options, call.writing);
    call.writing(() => addWebhooks(call, webhooks, run.id));
    await waitForFinish(call, run.id);
    return runReply(call, run.id, 201);
}
