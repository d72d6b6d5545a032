import type { DatasetStatus, TrackerStatus } from './verdict.js';
import type { Fault } from '../faults/fault-plan.js';

/** What strikes the steps. */
export const STEP_FAULTS = ['migrate', 'crash', 'abort', 'restart'] as const satisfies readonly Fault[];

export type StepFault = (typeof STEP_FAULTS)[number];

/** What a step is put through: a fault, and for a migration whether the platform answers the SDK's reboot. */
export type Ordeal = 'none' | StepFault | 'migrate without reboot';

export const ORDEALS: readonly Ordeal[] = ['none', 'migrate', 'migrate without reboot', 'abort', 'crash', 'restart'];

/**
 * What a fault is to a step.
 *
 * @param reboot False when the platform ignores the reboot that the SDK asks for.
 */
export function ordealOf(fault: StepFault | 'none', reboot: boolean): Ordeal {
    return fault === 'migrate' && !reboot ? 'migrate without reboot' : fault;
}

/** What a trial must show: of the object, and of the dataset. */
export type Expected = readonly [tracker: TrackerStatus, dataset: DatasetStatus];

/**
 * What each step shows when it is struck where `strikeAt` says. A cell that goes wrong is the lesson of the next step,
 * and a test asserts that it goes wrong in just that way.
 */
export const EXPECTED: Readonly<Record<number, Readonly<Record<Ordeal, Expected>>>> = {
    0: {
        none: ['exact', 'exact'],
        migrate: ['lost', 'duplicated'],
        'migrate without reboot': ['lost', 'exact'],
        abort: ['lost', 'exact'],
        crash: ['lost', 'duplicated'],
        restart: ['lost', 'duplicated'],
    },
    1: {
        none: ['exact', 'exact'],
        migrate: ['lost', 'duplicated'],
        'migrate without reboot': ['lost', 'exact'],
        abort: ['lost', 'exact'],
        crash: ['lost', 'duplicated'],
        restart: ['lost', 'duplicated'],
    },
    2: {
        none: ['exact', 'exact'],
        migrate: ['over-counted', 'duplicated'],
        'migrate without reboot': ['under-counted', 'exact'],
        abort: ['under-counted', 'exact'],
        crash: ['lost', 'duplicated'],
        restart: ['lost', 'duplicated'],
    },
    3: {
        none: ['exact', 'exact'],
        migrate: ['exact', 'duplicated'],
        'migrate without reboot': ['under-counted', 'exact'],
        abort: ['under-counted', 'exact'],
        crash: ['lost', 'duplicated'],
        restart: ['lost', 'duplicated'],
    },
    4: {
        none: ['exact', 'exact'],
        migrate: ['exact', 'exact'],
        'migrate without reboot': ['exact', 'exact'],
        abort: ['exact', 'exact'],
        crash: ['lost', 'duplicated'],
        restart: ['lost', 'duplicated'],
    },
    5: {
        none: ['exact', 'exact'],
        migrate: ['exact', 'exact'],
        'migrate without reboot': ['exact', 'exact'],
        abort: ['exact', 'exact'],
        crash: ['exact', 'exact'],
        restart: ['exact', 'exact'],
    },
};

/** What a step must show; undefined when there is no such step. */
export function expectedOf(trial: { step: number; fault: StepFault | 'none'; reboot: boolean }): Expected | undefined {
    return EXPECTED[trial.step]?.[ordealOf(trial.fault, trial.reboot)];
}
