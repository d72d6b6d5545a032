import { Alignment } from '../replay/model/align.js';
import { recordingOf } from '../replay/model/recording.js';
import type { Trace } from '../trace/trace.js';

/** The moments of a run that went wrong. */
export interface TellingMoments {
    /** Where it is best opened. */
    opensAt: number;
    /** From here on something is owed that nobody stores, or there is too much of something. */
    wrongFrom?: number;
}

/**
 * The moment at which a run that went wrong is best opened: where it first differs from an undisturbed one. Where there
 * is none, or no difference, from where on something is wrong for good; else its first strike; else its end.
 */
export function tellingMoments(trace: Trace, undisturbed?: Trace): TellingMoments {
    const { balances, last } = recordingOf(trace, '');
    const right = balances.findLastIndex(({ value }) => Object.values(value).every((figure) => figure === 0));
    const wrongFrom = balances[right + 1]?.index;
    const divergence = undisturbed && new Alignment(trace, undisturbed).firstDivergence();
    const strike = trace.entries.findIndex(({ type }, index) => type === 'strike' && index >= trace.begin);
    return {
        opensAt: divergence?.index ?? wrongFrom ?? (strike === -1 ? last : strike),
        ...(wrongFrom !== undefined && { wrongFrom }),
    };
}
