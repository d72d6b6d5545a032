import type { RunStatus } from '../../../trace/runs.js';
import type { Reason } from './run-phase.js';

export interface Exit {
    /** Why the platform was ending the process; `none` for one that was up. */
    reason: Reason | 'none';
    exitCode: number;
    /** True when the platform killed it. */
    wasKilled: boolean;
    /** Restart on error is on, and its limit is not reached. */
    mayRestart: boolean;
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
export function afterExit({ reason, exitCode, wasKilled, mayRestart }: Exit): AfterExit {
    switch (reason) {
        case 'abort':
        case 'shutdown':
            return { next: 'end', status: 'ABORTED' };
        case 'finish':
            return { next: 'end', status: 'SUCCEEDED' };
        case 'timeout':
            return { next: 'end', status: 'TIMED-OUT' };
        case 'migration':
            if (exitCode === 0 && !wasKilled) return { next: 'end', status: 'SUCCEEDED' };
            return { next: 'boot', reason: 'migration' };
        case 'reboot':
        case 'migration-reboot':
            return { next: 'boot', reason: 'reboot' };
        case 'metamorph':
        case 'crash':
            return { next: 'boot', reason };
        case 'failure':
        case 'none':
            if (exitCode === 0) return { next: 'end', status: 'SUCCEEDED' };
            if (mayRestart) return { next: 'boot', reason: 'restart' };
            return { next: 'end', status: 'FAILED' };
        default:
            return reason satisfies never;
    }
}
