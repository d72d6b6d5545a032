import type { PlatformCore } from '../core.js';
import { chargesOf } from '../../trace/charges.js';
import type { RunRecord } from '../../trace/runs.js';
import { storagesOf } from '../../trace/storages-of-run.js';
import { durationMillis, isTerminal, originOf } from '../../trace/runs.js';
import { LOCAL_USER } from '../store.js';

/** A run in the API's shape. */
export function runView(run: RunRecord, { store, runs }: PlatformCore): Record<string, unknown> {
    const iso = (millis: number): string => new Date(millis).toISOString();
    const duration = durationMillis(run, Date.now());
    const rows = store.state.storages.datasets.get(run.datasetId)?.content.itemCount ?? 0;
    return {
        id: run.id,
        actId: run.actorId,
        ...(run.taskId !== undefined && { actorTaskId: run.taskId }),
        userId: LOCAL_USER.id,
        startedAt: iso(run.startedAt),
        finishedAt: isTerminal(run.status) && run.finishedAt !== undefined ? iso(run.finishedAt) : null,
        status: run.status,
        statusMessage: run.statusMessage ?? null,
        isStatusMessageTerminal: run.isStatusMessageTerminal ?? null,
        meta: { origin: originOf(run) },
        stats: {
            inputBodyLen: run.inputBodyLen,
            migrationCount: run.migrationCount,
            rebootCount: run.rebootCount,
            restartCount: run.restartCount,
            resurrectCount: run.resurrectCount,
            metamorph: run.metamorphCount,
            durationMillis: duration,
            runTimeSecs: duration / 1_000,
            ...runs.usage.of(run.id),
            computeUnits: (duration / 3_600_000) * (run.memoryMbytes / 1_024),
        },
        options: {
            build: 'latest',
            timeoutSecs: run.timeoutSecs,
            memoryMbytes: run.memoryMbytes,
            diskMbytes: run.memoryMbytes * 2,
            restartOnError: run.restartOnError,
            ...(run.maxItems !== undefined && { maxItems: run.maxItems }),
            ...(run.maxTotalChargeUsd !== undefined && { maxTotalChargeUsd: run.maxTotalChargeUsd }),
        },
        ...(run.pricingInfo && { pricingInfo: run.pricingInfo, chargedEventCounts: chargesOf(run, rows) }),
        usageTotalUsd: 0,
        buildId: run.buildId,
        buildNumber: '0.0.1',
        exitCode: run.exitCode ?? null,
        generalAccess: 'RESTRICTED',
        defaultDatasetId: run.datasetId,
        defaultKeyValueStoreId: run.keyValueStoreId,
        defaultRequestQueueId: run.requestQueueId,
        storageIds: storagesOf(run),
        containerUrl: runs.known(run.id)?.containerUrl ?? null,
    };
}
