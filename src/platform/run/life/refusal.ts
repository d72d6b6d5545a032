import { ApiError } from '../../errors.js';
import type { RunStatus } from '../../../trace/runs.js';
import type { Occurrence } from './occurrence.js';
import type { PhaseOf, RunPhase } from './run-phase.js';

/** What the API answers to what a run's phase forbids. */
export function refusal(runId: string, status: RunStatus, phase: RunPhase, { kind }: Occurrence): ApiError {
    const isBusy = status === 'RUNNING' && 'reason' in phase;
    const what = `Run '${runId}' is ${isBusy ? STATES[phase.reason] : status}`;
    if (kind === 'resurrect') return new ApiError(400, 'run-not-finished', `${what}: nothing to resurrect.`);
    return new ApiError(400, 'job-finished', `${what} and can't be ${VERBS[kind] ?? kind}.`);
}

const STATES: Record<PhaseOf<'leaving' | 'dying'>['reason'], string> = {
    migration: 'migrating',
    reboot: 'rebooting',
    'migration-reboot': 'rebooting',
    metamorph: 'metamorphing',
    crash: 'crashing',
    failure: 'failing',
    abort: 'aborting',
    finish: 'finishing',
    timeout: 'timing out',
    shutdown: 'stopping with the platform',
    unwritable: 'failing',
};

const VERBS: Partial<Record<Occurrence['kind'], string>> = {
    start: 'started',
    migrate: 'migrated',
    crash: 'crashed',
    fail: 'made to fail',
    abort: 'aborted',
    finish: 'finished',
    reboot: 'rebooted',
    metamorph: 'metamorphed',
};
