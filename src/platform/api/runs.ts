import type { Readable } from 'node:stream';

import * as v from 'valibot';

import { ApiError, invalidInput } from '../errors.js';
import { withDefaults } from '../run/run-input.js';
import { isTerminal } from '../../trace/runs.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { contentReply, type Reply } from './reply.js';
import { runOptions } from './run-options.js';
import { listRuns, runReply as reply, waitForFinish } from './run-reply.js';

const STATUS_MESSAGE = v.looseObject({
    statusMessage: v.optional(v.string()),
    isStatusMessageTerminal: v.optional(v.boolean()),
});

export const runOperations: Operation[] = [
    {
        operationId: 'actorRuns_get',
        method: 'GET',
        path: '/actor-runs',
        handle: (call) => listRuns(call, () => true),
    },
    {
        operationId: 'actorRun_get',
        method: 'GET',
        path: '/actor-runs/:runId',
        handle: async (call) => {
            await waitForFinish(call, call.params.runId!);
            return reply(call, call.params.runId!);
        },
    },
    {
        operationId: 'actorRun_put',
        method: 'PUT',
        path: '/actor-runs/:runId',
        handle: (call) => {
            const { id } = call.core.store.run(call.params.runId!);
            const parsed = v.safeParse(STATUS_MESSAGE, jsonBody(call));
            if (!parsed.success) throw invalidInput('The body must be an object with a statusMessage.');
            const { statusMessage, isStatusMessageTerminal = false } = parsed.output;
            if (statusMessage !== undefined) {
                const change = { statusMessage, isStatusMessageTerminal };
                call.core.store.commit({ type: 'run.changed', id, change });
            }
            return reply(call, id);
        },
    },
    {
        operationId: 'actorRun_reboot_post',
        method: 'POST',
        path: '/actor-runs/:runId/reboot',
        handle: async (call) => {
            const run = await call.core.runs.process(call.params.runId!);
            const mustStop = call.writing(() => run.acceptReboot());
            return { ...reply(call, run.id), ...(mustStop && { afterwards: () => run.finishReboot() }) };
        },
    },
    {
        operationId: 'actorRun_metamorph_post',
        method: 'POST',
        path: '/actor-runs/:runId/metamorph',
        handle: metamorph,
    },
    {
        operationId: 'actorRun_abort_post',
        method: 'POST',
        path: '/actor-runs/:runId/abort',
        handle: async (call) => {
            const record = call.core.store.run(call.params.runId!);
            const gracefully = call.query.boolean('gracefully') ?? false;
            if (!isTerminal(record.status)) {
                const run = await call.core.runs.process(record.id);
                call.writing(() => run.abort({ gracefully }));
            }
            return reply(call, record.id);
        },
    },
    {
        operationId: 'PostResurrectRun',
        method: 'POST',
        path: '/actor-runs/:runId/resurrect',
        handle: async (call) => {
            const run = await call.core.runs.process(call.params.runId!);
            await call.writing(async () => run.resurrect(runOptions(call)));
            return reply(call, run.id);
        },
    },
    { operationId: 'actorRun_log_get', method: 'GET', path: '/actor-runs/:runId/log', handle: readLog },
    { operationId: 'log_get', method: 'GET', path: '/logs/:runId', handle: readLog },
];

async function metamorph(call: Call): Promise<Reply> {
    const run = await call.core.runs.process(call.params.runId!);
    const target = call.query.string('targetActorId');
    if (target === undefined) {
        throw new ApiError(400, 'parameter-required', "Query parameter 'targetActorId' is required.");
    }
    const actor = call.core.runs.actor(target);
    const { keyValueStoreId, metamorphCount } = run.record;
    const inputKey = `INPUT-METAMORPH-${metamorphCount + 1}`;
    const writes = (): void => {
        const contentType = call.headers['content-type'] ?? 'application/json';
        const input =
            call.body.length > 0 ? withDefaults({ contentType, bytes: call.body }, actor.inputDefaults) : undefined;
        if (input) {
            const value = { bytes: input.bytes };
            call.core.store.commit({
                type: 'record.put',
                id: keyValueStoreId,
                key: inputKey,
                contentType: input.contentType,
                value,
            });
        }
        const change = { actorId: actor.id, inputKey };
        call.core.store.commit({ type: 'run.changed', id: run.id, change });
    };
    call.writing(() => run.acceptMetamorph(actor, writes));
    return { ...reply(call, run.id), afterwards: () => run.finishReboot() };
}

function readLog(call: Call): Reply {
    const run = call.core.store.run(call.params.runId!);
    const log = call.core.runs.log(run.id);
    const isFollowed = call.query.boolean('stream') ?? false;
    const open = (): Readable => (isFollowed && !isTerminal(run.status) ? log.follow() : log.read());
    return contentReply({ length: undefined, open }, 'text/plain; charset=utf-8');
}
