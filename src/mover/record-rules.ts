import { isAnswer } from './answers.js';
import type { Leftovers } from './leftovers.js';

/** Which records are compared. A pattern is a key, or `store/KEY`, with `*` for any characters. */
export interface RecordRules {
    /** Only these. Default: all. */
    records?: readonly string[];
    /** State that is meant to differ. */
    ignoreRecords?: readonly string[];
}

/** Records that are not compared, in the run and all that it has started. */
export interface NotCompared {
    /** Crawlee's own: its session pool and statistics. */
    crawlee: number;
    /** The run's input. */
    input: number;
    /** Left out by `--record` and `--ignore-record`. */
    byRules: number;
}

/** Whether a record, or an answer, is compared. */
export function isCompared(label: string, { records, ignoreRecords = [] }: RecordRules): boolean {
    if (ignoreRecords.some((pattern) => isLike(label, pattern))) return false;
    return records === undefined || isAnswer(label) || records.some((pattern) => isLike(label, pattern));
}

/** Whether a text is what a pattern says, in which `*` is any characters. */
export function isLike(text: string, pattern: string): boolean {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

export function notCompared({ records, leftOut, started }: Leftovers, rules: RecordRules): NotCompared {
    const own = {
        ...leftOut,
        byRules: Object.keys(records).filter((label) => !isCompared(label, rules)).length,
    };
    return Object.values(started)
        .flat()
        .map((run) => notCompared(run, rules))
        .reduce(
            (sum, { crawlee, input, byRules }) => ({
                crawlee: sum.crawlee + crawlee,
                input: sum.input + input,
                byRules: sum.byRules + byRules,
            }),
            own,
        );
}
