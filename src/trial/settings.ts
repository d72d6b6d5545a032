import type { FaultPlan } from '../faults/fault-plan.js';
import { repeat } from '../faults/fault-plan.js';
import { type ApiTiming, apiTimingArgs } from '../mover/api-timing.js';
import type { StepFault } from './expected.js';
import { parseShopPlan, parseShopTrigger } from './shop-plan.js';
import type { TrialSubject } from './steps.js';
import type { TrialOptions } from './trial.js';

/** Milliseconds that a page of the shop takes: so that a run can be watched, and logs its object before it is struck. */
export const WATCHABLE_LATENCY_MILLIS = 2_500;
/** Products of the shop. */
export const USUAL_PRODUCTS = 12;

/** How a trial that somebody watches is set up, as the options of `npm run solution` say it. */
export interface TrialSettings extends ApiTiming {
    fault: StepFault | 'none';
    /** When it strikes, see `parseShopTrigger`. Default: where the subject is struck. */
    at?: string;
    /** How often it strikes, at the n-th such moment, the 2n-th, … Default 1. */
    times?: number;
    /** Several strikes instead, see `parseShopPlan`. */
    plan?: string;
    /** Default 1. */
    seed?: number;
    products?: number;
    /** Milliseconds that a page of the shop takes. */
    latencyMs?: number;
    /** Every n-th request for a page fails once. */
    failEvery?: number;
    /** False when the platform ignores the reboot that the SDK asks for. Default true. */
    reboot?: boolean;
    /** False when the Actor opts out of the SDK's graceful shutdown. Default true. */
    gracefulShutdown?: boolean;
    /** Seconds from the warning to the kill. */
    grace?: number;
    persistIntervalSecs?: number;
}

/** A trial that is ended after so long hangs. */
const HANGS_AFTER_MILLIS = 10 * 60_000;

/**
 * The trial that settings describe, but for the Actor and its folder.
 *
 * @param plan What strikes; default: what the settings say.
 * @throws UsageError when they name a trigger that is none.
 */
export function trialOf(
    settings: TrialSettings,
    subject: Pick<TrialSubject, 'strikeAt'>,
    plan = planOf(settings, subject),
): Omit<TrialOptions, 'actor' | 'dir'> {
    const { seed = 1, products = USUAL_PRODUCTS, latencyMs = WATCHABLE_LATENCY_MILLIS, failEvery = 0 } = settings;
    const { reboot = true, grace, persistIntervalSecs, readLagMillis, apiLatencyMillis } = settings;
    return {
        plan,
        shop: { seed, products, latencyMs, failEvery },
        rebootEndsMigration: reboot,
        timeoutMillis: HANGS_AFTER_MILLIS,
        ...(grace !== undefined && { graceMillis: grace * 1_000 }),
        ...(persistIntervalSecs !== undefined && { persistIntervalSecs }),
        ...(readLagMillis !== undefined && { readLagMillis }),
        ...(apiLatencyMillis !== undefined && { apiLatencyMillis }),
    };
}

/** What strikes a subject. */
function planOf(
    { fault, at, times = 1, plan }: TrialSettings,
    { strikeAt }: Pick<TrialSubject, 'strikeAt'>,
): FaultPlan {
    if (plan !== undefined) return parseShopPlan(plan);
    return fault === 'none' ? [] : repeat({ fault, trigger: parseShopTrigger(at ?? strikeAt) }, times);
}

/** The command that runs a subject so. */
export function solutionCommand({ number }: Pick<TrialSubject, 'number'>, settings: TrialSettings): string {
    const { fault, at, times, plan, seed, products, latencyMs, failEvery, reboot, gracefulShutdown } = settings;
    const { grace, persistIntervalSecs } = settings;
    const options: [name: string, value: string | number | undefined][] = [
        ['fault', fault === 'none' ? undefined : fault],
        ['at', at],
        ['times', times],
        ['plan', plan],
        ['seed', seed],
        ['products', products],
        ['latency', latencyMs],
        ['fail-every', failEvery],
        ['grace', grace],
        ['persist-interval', persistIntervalSecs],
    ];
    return [
        `npm run solution -- ${number}`,
        ...options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`])),
        ...(reboot === false ? ['--no-reboot'] : []),
        ...(gracefulShutdown === false ? ['--no-graceful-shutdown'] : []),
        ...apiTimingArgs(settings),
    ].join(' ');
}
