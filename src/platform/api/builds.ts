import { recordNotFound } from '../errors.js';
import { LOCAL_USER } from '../store.js';
import type { Call, Operation } from './operation.js';
import { dataReply, type Reply } from './reply.js';

export const buildOperations: Operation[] = [
    { operationId: 'actorBuild_get', method: 'GET', path: '/actor-builds/:buildId', handle: getBuild },
];

/** There are no builds here: each run has the id of one that seems to have succeeded just before it. */
function getBuild(call: Call): Reply {
    const id = call.params.buildId!;
    const run = [...call.core.store.state.runs.values()].find(({ buildId }) => buildId === id);
    if (!run) throw recordNotFound(`Build '${id}'`);
    const time = new Date(run.startedAt).toISOString();
    return dataReply({
        id,
        actId: run.actorId,
        userId: LOCAL_USER.id,
        startedAt: time,
        finishedAt: time,
        status: 'SUCCEEDED',
        meta: { origin: 'DEVELOPMENT' },
        stats: { durationMillis: 0, runTimeSecs: 0, computeUnits: 0 },
        options: { useCache: false, betaPackages: false, memoryMbytes: null, diskMbytes: null },
        buildNumber: '0.0.1',
    });
}
