import { invalidInput } from '../errors.js';
import { LOCAL_USER } from '../store.js';
import { startWith } from './actors.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { dataReply, jsonReply, type Reply } from './reply.js';

/** Tasks are those that the platform was given: they can be read and started, and not be changed. */
export const taskOperations: Operation[] = [
    {
        operationId: 'actorTask_get',
        method: 'GET',
        path: '/actor-tasks/:actorTaskId',
        handle: (call) => dataReply(taskView(call)),
    },
    {
        operationId: 'actorTask_input_get',
        method: 'GET',
        path: '/actor-tasks/:actorTaskId/input',
        handle: (call) => jsonReply(findTask(call).input ?? {}),
    },
    {
        operationId: 'actorTask_runs_post',
        method: 'POST',
        path: '/actor-tasks/:actorTaskId/runs',
        handle: startTask,
    },
];

function findTask({ core, params }: Call): ReturnType<PlatformTasks['task']> {
    return core.runs.task(params.actorTaskId!);
}

type PlatformTasks = Call['core']['runs'];

function taskView(call: Call): Record<string, unknown> {
    const { id, name, actorId, input = {} } = findTask(call);
    const openedAt = new Date(call.core.runs.openedAt).toISOString();
    const [owner, own] = name.includes('/') ? name.split('/') : [LOCAL_USER.username, name];
    return {
        id,
        userId: LOCAL_USER.id,
        username: owner,
        actId: actorId,
        name: own,
        createdAt: openedAt,
        modifiedAt: openedAt,
        stats: { totalRuns: [...call.core.store.state.runs.values()].filter(({ taskId }) => taskId === id).length },
        options: { build: 'latest', timeoutSecs: 3_600, memoryMbytes: 1_024, restartOnError: false },
        input,
    };
}

/** Source: https://docs.apify.com/api/v2/actor-task-runs-post, for an input that takes the place of the task's fields. */
async function startTask(call: Call): Promise<Reply> {
    const { id, actorId, input } = findTask(call);
    const given = call.body.length > 0 ? jsonBody(call) : {};
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
        throw invalidInput('The input of a task must be a JSON object.');
    }
    const whole = { ...input, ...given };
    const hasInput = input !== undefined || call.body.length > 0;
    return startWith(call, call.core.runs.actor(actorId), { taskId: id, ...(hasInput && { input: whole }) });
}
