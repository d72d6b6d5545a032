import { compiled } from '../base/paths.js';
import { UsageError } from '../base/usage-error.js';

/** One step of the solution: a whole Actor under `solutions/`. */
export interface Step {
    number: number;
    /** Below `solutions/`. */
    folder: string;
    /** What it does, in a few words. */
    title: string;
    /** Where a fault strikes it unless told otherwise: late in the run, with a page half done. See `parseShopTrigger`. */
    strikeAt: string;
    /** Whether it claims to be exact however it is struck. */
    isExactlyOnce?: true;
}

/** Steps 0 to 2 push offer by offer, so this call lies in the middle of a page when about two thirds are done. */
const LATE_PUSH = 'dataset_items_post@40:after';

/**
 * Steps 3 and 4 push a page at once, eleven times in the usual shop. Crawlee works on up to ten pages at a time, so only
 * when the last of them is pushed is it sure that an earlier one has been marked handled, however busy the machine is.
 */
const LATE_PAGE = 'dataset_items_post@11:after';

/**
 * Step 5 pushes what its handlers in flight have scraped: one to three pages of twelve, as it happens. So there are
 * four such calls or more, and this one lies between them.
 */
const LATE_BATCH = 'dataset_items_post@3:after';

export const STEPS: readonly Step[] = [
    { number: 0, folder: '0-before', title: 'counts in memory', strikeAt: LATE_PUSH },
    { number: 1, folder: '1-persist', title: 'writes its counts', strikeAt: LATE_PUSH },
    { number: 2, folder: '2-restore', title: 'writes them and reads them back', strikeAt: LATE_PUSH },
    { number: 3, folder: '3-idempotent', title: 'sets counts instead of adding to them', strikeAt: LATE_PAGE },
    { number: 4, folder: '4-drain', title: 'waits for handlers in flight, then saves', strikeAt: LATE_PAGE },
    {
        number: 5,
        folder: '5-exactly-once',
        title: 'stores rows and counts together',
        strikeAt: LATE_BATCH,
        isExactlyOnce: true,
    },
];

/** What can be run and proven: a step of the solution, or the learner's own Actor. */
export type TrialSubject = Omit<Step, 'number' | 'folder'> & { number: Step['number'] | 'workspace' };

/**
 * The step with a number, as a person types it.
 *
 * @throws UsageError that names the steps.
 */
export function findStep(wanted: string): Step {
    const step = STEPS.find(({ number }) => String(number) === wanted);
    if (!step) throw new UsageError(`There is no step '${wanted}'. Steps are ${stepNumbers()}.`);
    return step;
}

/** All step numbers, for a message. */
export function stepNumbers(): string {
    return STEPS.map(({ number }) => number).join(', ');
}

/** Runs an Actor as if it had opted out of the SDK's graceful shutdown. */
const WITHOUT_GRACEFUL_SHUTDOWN = compiled('src/demo-actor/without-graceful-shutdown.js');

/**
 * Program and arguments that run a step's compiled Actor.
 *
 * @param gracefulShutdown False when it runs as if it had opted out of the SDK's.
 */
export function commandOf(step: Step, gracefulShutdown = true): [string, ...string[]] {
    const main = compiled(`solutions/${step.folder}/main.js`);
    return [process.execPath, ...(gracefulShutdown ? [] : [WITHOUT_GRACEFUL_SHUTDOWN]), main];
}
