import { compiled } from '../paths.js';

/** One step of the solution: a whole Actor under `solutions/`. */
export interface Step {
    number: number;
    /** Below `solutions/`. */
    folder: string;
    /** What it does, in a few words. */
    title: string;
    /** Where a fault strikes it unless told otherwise: late in the run, with a page half done. See `parseTrigger`. */
    strikeAt: string;
}

/** Steps 0 to 2 push offer by offer, so this call lies in the middle of a page when about two thirds are done. */
const LATE_PUSH = 'dataset_items_post@40:after';

export const STEPS: readonly Step[] = [
    { number: 0, folder: '0-before', title: 'counts in memory', strikeAt: LATE_PUSH },
    { number: 1, folder: '1-persist', title: 'writes its counts', strikeAt: LATE_PUSH },
    { number: 2, folder: '2-restore', title: 'writes them and reads them back', strikeAt: LATE_PUSH },
];

/** Program and arguments that run a step's compiled Actor. */
export function commandOf(step: Step): [string, ...string[]] {
    return [process.execPath, compiled(`solutions/${step.folder}/main.js`)];
}
