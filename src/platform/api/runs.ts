import { once, setMaxListeners } from 'node:events';

import * as v from 'valibot';

import { ApiError, invalidInput } from '../errors.js';
import { isTerminal } from '../state/runs.js';
import { type Call, jsonBody, type Operation, type Reply } from './operation.js';
import { runView } from './run-view.js';
import { listPage } from './storages.js';

/** Ours, so that every end of a timeout is a date. A year. */
const MAX_TIMEOUT_SECS = 31_536_000;
/** As on the real platform. */
const MAX_MEMORY_MBYTES = 32_768;

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
        path: '/actor-runs/:id',
        handle: async (call) => {
            await waitForFinish(call, call.params.id!);
            return reply(call, call.params.id!);
        },
    },
    {
        operationId: 'actorRun_put',
        method: 'PUT',
        path: '/actor-runs/:id',
        handle: (call) => {
            const { id } = call.core.store.run(call.params.id!);
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
        path: '/actor-runs/:id/reboot',
        handle: async (call) => {
            const run = await call.core.runs.process(call.params.id!);
            const mustStop = run.acceptReboot();
            return { ...reply(call, run.id), ...(mustStop && { afterwards: () => run.finishReboot() }) };
        },
    },
    {
        operationId: 'actorRun_metamorph_post',
        method: 'POST',
        path: '/actor-runs/:id/metamorph',
        handle: metamorph,
    },
    {
        operationId: 'actorRun_abort_post',
        method: 'POST',
        path: '/actor-runs/:id/abort',
        handle: async (call) => {
            const record = call.core.store.run(call.params.id!);
            const gracefully = call.query.boolean('gracefully') ?? false;
            if (!isTerminal(record.status)) (await call.core.runs.process(record.id)).abort({ gracefully });
            return reply(call, record.id);
        },
    },
    {
        operationId: 'PostResurrectRun',
        method: 'POST',
        path: '/actor-runs/:id/resurrect',
        handle: async (call) => {
            const run = await call.core.runs.process(call.params.id!);
            const { timeoutSecs, memoryMbytes, restartOnError } = runOptions(call);
            await run.resurrect({
                ...(timeoutSecs !== undefined && { timeoutSecs }),
                ...(memoryMbytes !== undefined && { memoryMbytes }),
                ...(restartOnError !== undefined && { restartOnError }),
            });
            return reply(call, run.id);
        },
    },
    {
        operationId: 'actor_get',
        method: 'GET',
        path: '/actors/:id',
        handle: (call) => {
            const { id, name } = call.core.runs.actor(call.params.id!);
            return { data: { id, name, userId: 'local', username: 'local', isPublic: false, versions: [] } };
        },
    },
    {
        operationId: 'actors_runs_get',
        method: 'GET',
        path: '/actors/:id/runs',
        handle: (call) => {
            const actor = call.core.runs.actor(call.params.id!);
            return listRuns(call, (actorId) => actorId === actor.id);
        },
    },
    {
        operationId: 'actor_runs_post',
        method: 'POST',
        path: '/actors/:id/runs',
        handle: async (call) => {
            const actor = call.core.runs.actor(call.params.id!);
            const inputContentType = call.headers['content-type'] ?? 'application/json';
            const input = call.body.length > 0 ? { input: call.body, inputContentType } : {};
            const run = await call.core.runs.start(actor, { ...input, ...runOptions(call) });
            await waitForFinish(call, run.id);
            return { ...reply(call, run.id), status: 201 };
        },
    },
    { operationId: 'actorRun_log_get', method: 'GET', path: '/actor-runs/:id/log', handle: readLog },
    { operationId: 'log_get', method: 'GET', path: '/logs/:id', handle: readLog },
];

function reply(call: Call, runId: string): Reply {
    return { data: runView(call.core.store.run(runId), call.core.runs) };
}

function listRuns(call: Call, isWanted: (actorId: string) => boolean): Reply {
    const status = call.query.list('status');
    const runs = [...call.core.store.state.runs.values()].filter(
        (run) => isWanted(run.actorId) && (status === undefined || status.includes(run.status)),
    );
    return { data: listPage(call, runs, (run) => runView(run, call.core.runs)) };
}

function runOptions(call: Call): { timeoutSecs?: number; memoryMbytes?: number; restartOnError?: boolean } {
    const timeoutSecs = call.query.integer('timeout', { max: MAX_TIMEOUT_SECS });
    const memoryMbytes = call.query.integer('memory', { min: 128, max: MAX_MEMORY_MBYTES });
    const restartOnError = call.query.boolean('restartOnError');
    return {
        ...(timeoutSecs !== undefined && { timeoutSecs }),
        ...(memoryMbytes !== undefined && { memoryMbytes }),
        ...(restartOnError !== undefined && { restartOnError }),
    };
}

async function waitForFinish(call: Call, runId: string): Promise<void> {
    const secs = call.query.number('waitForFinish') ?? 0;
    const run = call.core.runs.known(runId);
    if (secs === 0 || !run) return;
    const millis = Math.min(secs, call.core.settings.maxWaitForFinishSecs) * 1_000;
    if (isTerminal(run.record.status)) return;
    // Any number of clients may wait, and nothing of them stays behind on the run.
    setMaxListeners(0, run);
    const signal = AbortSignal.timeout(millis);
    await once(run, 'ended', { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
    });
}

async function metamorph(call: Call): Promise<Reply> {
    const run = await call.core.runs.process(call.params.id!);
    const target = call.query.string('targetActorId');
    if (target === undefined) {
        throw new ApiError(400, 'parameter-required', "Query parameter 'targetActorId' is required.");
    }
    const actor = call.core.runs.actor(target);
    const { keyValueStoreId, metamorphCount } = run.record;
    run.acceptMetamorph(actor);
    const inputKey = `INPUT-METAMORPH-${metamorphCount + 1}`;
    if (call.body.length > 0) {
        const contentType = call.headers['content-type'] ?? 'application/json';
        const value = { bytes: call.body };
        call.core.store.commit({ type: 'record.put', id: keyValueStoreId, key: inputKey, contentType, value });
    }
    const change = { actorId: actor.id, inputKey };
    call.core.store.commit({ type: 'run.changed', id: run.id, change });
    return { ...reply(call, run.id), afterwards: () => run.finishReboot() };
}

function readLog(call: Call): Reply {
    const run = call.core.store.run(call.params.id!);
    const log = call.core.runs.log(run.id);
    const isStream = (call.query.boolean('stream') ?? false) && !isTerminal(run.status);
    return { stream: isStream ? log.follow() : log.read(), contentType: 'text/plain; charset=utf-8' };
}
