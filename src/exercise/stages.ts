import type { TrialOptions } from '../trial/trial.js';

/** One trial of the check. */
export interface TrialSpec {
    /** When and how the Actor is struck, for a person. */
    moment: string;
    /** As `parseShopPlan` reads it. */
    plan: string;
    shop: { seed: number; products: number; failEvery?: number };
    /** The platform ignores the reboot that the SDK asks for. */
    withoutReboot?: true;
    graceMillis?: number;
    /** The last offers page is held, so that the run lasts and nothing changes meanwhile; milliseconds at most. */
    holdMillis?: number;
    /** Runs on the platform of this trial, after it: what that one has left in named storages is there. */
    after?: TrialId;
    /** Milliseconds for which the Actor may rightly do nothing. */
    restMillis?: number;
}

const SHOP = { seed: 1, products: 8 };

/**
 * All trials. Where a plan strikes at the n-th push, its larger n is for Actors that push offer by offer. The others
 * don't come that far, so that strike is missed, which is no harm.
 */
export const TRIALS = {
    first: {
        moment: 'a small shop',
        plan: '',
        shop: { seed: 7, products: 2 },
    },
    undisturbed: {
        moment: 'another shop, in which every fifth request fails once',
        plan: '',
        shop: { ...SHOP, failEvery: 5 },
        after: 'first',
    },
    logged: {
        moment: 'a shop whose last page takes long',
        plan: '',
        shop: { seed: 1, products: 3 },
        holdMillis: 23_000,
        restMillis: 23_000,
    },
    migrate: {
        moment: 'migrated in the middle of a page; the SDK reboots at once',
        plan: 'migrate:dataset_items_post@3:after',
        shop: SHOP,
    },
    'migrate without reboot': {
        moment: 'migrated with a page on its way; the platform ignores the reboot, and kills the process after 5 s',
        plan: 'migrate:offers@5',
        shop: SHOP,
        withoutReboot: true,
        graceMillis: 5_000,
    },
    abort: {
        moment: 'aborted gracefully with a page on its way, and resurrected',
        plan: 'abort:offers@5',
        shop: SHOP,
        // An Actor may use the 30 s that it has.
        restMillis: 30_000,
    },
    'crash after push': {
        moment: 'killed after a push was stored, before it was answered',
        plan: 'crash:dataset_items_post@3:after,crash:dataset_items_post@24:after',
        shop: SHOP,
    },
    'crash before push': {
        moment: 'killed before a push was stored, and again when most pages had been marked handled',
        // Of 18 pages ten are search and product pages: whatever runs side by side, offers are among those that are done.
        plan: 'crash:dataset_items_post@2:before,crash:requestQueue_request_put@16:after',
        shop: SHOP,
    },
} as const satisfies Record<string, TrialSpecShape>;

export type TrialId = 'first' | 'undisturbed' | 'logged' | 'migrate' | 'migrate without reboot' | 'abort' | CrashId;
type CrashId = 'crash after push' | 'crash before push';
type TrialSpecShape = Omit<TrialSpec, 'after'> & { after?: string };

export function specOf(id: TrialId): TrialSpec {
    return TRIALS[id];
}

/** One stage of the exercise. */
export interface Stage {
    number: number;
    /** What holds when it is passed. */
    title: string;
    trials: readonly TrialId[];
    /** What is judged: all of the undisturbed run, the log, the object or the dataset. */
    judges: 'undisturbed' | 'log' | 'object' | 'rows';
    /** The step of the solution that passes it first. */
    step: number;
}

const MOVES = ['migrate', 'migrate without reboot'] as const;
const CRASHES = ['crash after push', 'crash before push'] as const;

export const STAGES: readonly Stage[] = [
    {
        number: 1,
        title: 'Undisturbed, every count is right',
        trials: ['first', 'undisturbed'],
        judges: 'undisturbed',
        step: 0,
    },
    {
        number: 2,
        title: 'The object is logged every 10 seconds',
        trials: ['logged'],
        judges: 'log',
        step: 0,
    },
    { number: 3, title: 'The object survives a migration', trials: MOVES, judges: 'object', step: 4 },
    {
        number: 4,
        title: 'The object survives a graceful abort and resurrection',
        trials: ['abort'],
        judges: 'object',
        step: 4,
    },
    { number: 5, title: 'The object survives a crash', trials: CRASHES, judges: 'object', step: 5 },
    {
        number: 6,
        title: 'No row is in the dataset twice, none is missing',
        trials: [...MOVES, 'abort', ...CRASHES],
        judges: 'rows',
        step: 5,
    },
];

/** Numbers of all stages. */
export const STAGE_NUMBERS: readonly number[] = STAGES.map(({ number }) => number);

/** How a trial is run, apart from the Actor and what watches it. */
export function trialOptionsOf(spec: TrialSpec): Pick<TrialOptions, 'shop' | 'rebootEndsMigration' | 'graceMillis'> {
    const { shop, withoutReboot, graceMillis } = spec;
    return {
        shop,
        rebootEndsMigration: !withoutReboot,
        ...(graceMillis !== undefined && { graceMillis }),
    };
}

/** The command that repeats a trial alone, with its timeline. */
export function repeatTrialCommand(id: TrialId): string {
    const { plan, shop, withoutReboot, graceMillis, holdMillis } = specOf(id);
    return [
        'npm run solution -- workspace',
        plan && `--plan ${plan}`,
        withoutReboot && '--no-reboot',
        graceMillis && `--grace ${graceMillis / 1_000}`,
        `--products ${shop.products} --seed ${shop.seed} --latency 0`,
        shop.failEvery && `--fail-every ${shop.failEvery}`,
        holdMillis && `--hold ${holdMillis / 1_000}`,
    ]
        .filter(Boolean)
        .join(' ');
}
