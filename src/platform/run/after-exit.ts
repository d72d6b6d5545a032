import type { RunStatus } from '../../trace/runs.js';

/** What the platform was doing with a run when its process ended. */
export type Intent = 'none' | 'migrating' | 'rebooting' | 'metamorphing' | 'crashing' | 'aborting' | 'timing-out';

export interface Exit {
    intent: Intent;
    /** Exit code of a process that ended by itself; undefined when the platform killed it. */
    ownExitCode: number | undefined;
    restartOnError: boolean;
    /** Restarts on error within the window. */
    recentRestarts: number;
    restartLimit: number;
}

/** Why a run is booted again. Each is counted and releases locks by its own setting. */
export type BootReason = 'migration' | 'reboot' | 'metamorph' | 'crash' | 'restart';

export type AfterExit = { next: 'boot'; reason: BootReason } | { next: 'end'; status: RunStatus };

/**
 * Decides what becomes of a run whose process has ended.
 *
 * Exit code 0 ends a run as SUCCEEDED even in the middle of a migration; any other code then means a new boot.
 * Source: https://github.com/apify/apify-sdk-python/pull/1104
 */
export function afterExit({ intent, ownExitCode, restartOnError, recentRestarts, restartLimit }: Exit): AfterExit {
    switch (intent) {
        case 'aborting':
            return { next: 'end', status: 'ABORTED' };
        case 'timing-out':
            return { next: 'end', status: 'TIMED-OUT' };
        case 'migrating':
            if (ownExitCode === 0) return { next: 'end', status: 'SUCCEEDED' };
            return { next: 'boot', reason: 'migration' };
        case 'rebooting':
            return { next: 'boot', reason: 'reboot' };
        case 'metamorphing':
            return { next: 'boot', reason: 'metamorph' };
        case 'crashing':
            return { next: 'boot', reason: 'crash' };
        case 'none':
            if (ownExitCode === 0) return { next: 'end', status: 'SUCCEEDED' };
            if (restartOnError && recentRestarts < restartLimit) return { next: 'boot', reason: 'restart' };
            return { next: 'end', status: 'FAILED' };
        default:
            return intent satisfies never;
    }
}
