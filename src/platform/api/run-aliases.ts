import { recordNotFound } from '../errors.js';
import type { RunRecord } from '../../trace/runs.js';
import { STORAGE_KINDS } from '../../trace/storage-kinds.js';
import { findActor } from './actors.js';
import type { Call, Operation } from './operation.js';
import type { Reply } from './reply.js';

/** Operations of a run that the API also has below its Actor, and their names there. */
const BELOW_ACTORS: Readonly<Record<string, string>> = {
    actorRun_get: 'actors_run_get',
    actorRun_abort_post: 'actors_run_abort_post',
    actorRun_metamorph_post: 'actors_run_metamorph_post',
    PostResurrectRun: 'actor_run_resurrect_post',
};
/** Operations of a run that an Actor's last run has not. */
const NOT_OF_LAST_RUN = new Set(['actorRun_put', 'actorRun_delete']);

/**
 * The API's other addresses of what is served already: a run's default storages below the run, and an Actor's runs and
 * its last run below the Actor. They are the same operations under names of their own.
 */
export function runAliases(storageOperations: Operation[], runOperations: Operation[]): Operation[] {
    const ofRuns = Object.values(STORAGE_KINDS).flatMap(({ kind, pathOfRun, idOfRun }) =>
        storageOperations
            .filter((operation) => operation.path.startsWith(`/${kind}/:id`) && operation.method !== 'HEAD')
            .map((operation) =>
                alias(
                    operation,
                    `actorRun_${operation.operationId}`,
                    [`/${kind}/:id`, `/actor-runs/:runId/${pathOfRun}`],
                    (call) => ({
                        id: call.core.store.run(call.params.runId!)[idOfRun],
                    }),
                ),
            ),
    );
    const ofLastRuns = [...runOperations, ...ofRuns]
        .filter(({ operationId }) => operationId.startsWith('actorRun_') && !NOT_OF_LAST_RUN.has(operationId))
        .map((operation) => {
            const name = operation.operationId.replace('actorRun_', 'actor_runs_last_');
            return alias(operation, name, ['/actor-runs/:runId', '/actors/:actorId/runs/last'], (call) => ({
                runId: lastRun(call).id,
            }));
        });
    const ofActors = runOperations
        .filter(({ operationId }) => Object.hasOwn(BELOW_ACTORS, operationId))
        .map((operation) => {
            const name = BELOW_ACTORS[operation.operationId]!;
            return alias(operation, name, ['/actor-runs/', '/actors/:actorId/runs/'], (call) => {
                const run = call.core.store.run(call.params.runId!);
                if (run.actorId !== findActor(call).id) throw recordNotFound(`Actor run '${run.id}'`);
                return {};
            });
        });
    // A run can't be called 'last': whatever is asked of the last run comes first.
    return [...ofRuns, ...ofLastRuns, ...ofActors];
}

/** The same operation under another name and address; `found` gives the parameters that the address lacks. */
function alias(
    { method, path, handle }: Operation,
    operationId: string,
    [from, to]: [from: string, to: string],
    found: (call: Call) => Record<string, string>,
): Operation {
    return {
        operationId,
        method,
        path: path.replace(from, to),
        handle: (call): Reply | Promise<Reply> => handle({ ...call, params: { ...call.params, ...found(call) } }),
    };
}

function lastRun(call: Call): RunRecord {
    const actor = findActor(call);
    const status = call.query.list('status');
    const runs = [...call.core.store.state.runs.values()];
    const last = runs.findLast((run) => run.actorId === actor.id && (status?.includes(run.status) ?? true));
    if (!last) throw recordNotFound(`A run of Actor '${call.params.actorId}'`);
    return last;
}
