import { recordingOf } from '../replay/model/recording.js';
import type { Trace } from '../trace/trace.js';

/**
 * The moment at which a run that went wrong is best opened: from there on something is owed that nobody stores, or there
 * is too much of something. Where nothing is, its first strike; else its end.
 */
export function tellingMoment(trace: Trace): number {
    const { balances, last } = recordingOf(trace, '');
    const right = balances.findLastIndex(({ value }) => Object.values(value).every((figure) => figure === 0));
    const wrong = balances[right + 1];
    if (wrong) return wrong.index;
    const strike = trace.entries.findIndex(({ type }, index) => type === 'strike' && index >= trace.begin);
    return strike === -1 ? last : strike;
}
