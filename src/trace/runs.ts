import type { PricingInfo } from './actors.js';
import type { StorageKind } from './storage-kinds.js';

/** `ActorJobStatus` of the API. */
export type RunStatus =
    | 'READY'
    | 'RUNNING'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'TIMING-OUT'
    | 'TIMED-OUT'
    | 'ABORTING'
    | 'ABORTED';

/** True when nothing more happens to a run with this status, unless it is resurrected. */
export function isTerminal(status: RunStatus): boolean {
    return status === 'SUCCEEDED' || status === 'FAILED' || status === 'TIMED-OUT' || status === 'ABORTED';
}

/** A run as the journal keeps it. Times are milliseconds since the epoch. */
export interface RunRecord {
    id: string;
    actorId: string;
    /** The task by which it was started. */
    taskId?: string;
    buildId: string;
    status: RunStatus;
    statusMessage?: string;
    isStatusMessageTerminal?: boolean;
    /** Start of the run: stays over migrations and resurrections. */
    startedAt: number;
    /** Start of the timeout: the run's start, or its last resurrection. */
    timeoutFrom: number;
    finishedAt?: number;
    exitCode?: number;
    timeoutSecs: number;
    memoryMbytes: number;
    restartOnError: boolean;
    inputBodyLen: number;
    /** Milliseconds that the run was running before its last resurrection. */
    durationBefore: number;
    migrationCount: number;
    rebootCount: number;
    restartCount: number;
    resurrectCount: number;
    metamorphCount: number;
    /** Times a process was started for this run. */
    incarnation: number;
    datasetId: string;
    keyValueStoreId: string;
    requestQueueId: string;
    /** Ids of further storages, by kind and alias. */
    aliases?: Partial<Record<StorageKind, Readonly<Record<string, string>>>>;
    inputKey: string;
    /** Largest number of paid items and largest charge; told to the Actor, not enforced. */
    maxItems?: number;
    maxTotalChargeUsd?: number;
    /** It is one of Actor Standby. */
    isStandby?: boolean;
    /** The Actor's price list when the run began. */
    pricingInfo?: PricingInfo;
    /** What was charged through the API; what the platform charges by itself is not in it. */
    chargedEventCounts?: Record<string, number>;
}

/** How a run was started, as the API and the Actor are told. */
export function originOf({ isStandby }: RunRecord): string {
    return isStandby ? 'STANDBY' : 'DEVELOPMENT';
}

/** Milliseconds that a run has been running, without what lay between an end and its resurrection. */
export function durationMillis({ durationBefore, timeoutFrom, finishedAt }: RunRecord, now: number): number {
    return durationBefore + ((finishedAt ?? now) - timeoutFrom);
}
