import { Alignment } from '../replay/model/align.js';
import { recordingOf } from '../replay/model/recording.js';
import type { Trace } from '../trace/trace.js';

/** The moments of a run that went wrong. */
export interface TellingMoments {
    /** Where it is best opened. */
    opensAt: number;
    /** It was struck here for the first time. */
    struckAt?: number;
    /** Of a run that was not struck: here it first differs from an undisturbed one. */
    differsAt?: number;
    /** From here on something is owed that nobody stores, or there is too much of something. */
    wrongFrom?: number;
}

/**
 * The moment at which a run that went wrong is best opened: its first strike, since no difference before it comes of it.
 * Of a run that was not struck, where it first differs from an undisturbed one; where there is none, or no difference,
 * from where on something is wrong for good; else its end.
 */
export function tellingMoments(trace: Trace, undisturbed?: Trace): TellingMoments {
    const { balances, last } = recordingOf(trace, '');
    const right = balances.findLastIndex(({ value }) => Object.values(value).every((figure) => figure === 0));
    const wrongFrom = balances[right + 1]?.index;
    const struckAt = trace.firstStrike;
    const isCompared = struckAt === undefined && undisturbed !== undefined;
    const differsAt = isCompared ? new Alignment(trace, undisturbed).firstDivergence()?.index : undefined;
    return {
        opensAt: struckAt ?? differsAt ?? wrongFrom ?? last,
        ...(struckAt !== undefined && { struckAt }),
        ...(differsAt !== undefined && { differsAt }),
        ...(wrongFrom !== undefined && { wrongFrom }),
    };
}
