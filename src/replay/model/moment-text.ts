import { seconds } from '../../trace/words.js';
import type { CursorState } from './cursor-state.js';

/** A moment in one line: when, and what happened. */
export function momentText({
    afterMillis,
    told,
    process,
}: Pick<CursorState, 'afterMillis' | 'told' | 'process'>): string {
    const who = told.of ?? (process === undefined ? undefined : `process ${process}`);
    return `${seconds(afterMillis)}${who === undefined ? '' : `, ${who}`}: ${told.text}`;
}
