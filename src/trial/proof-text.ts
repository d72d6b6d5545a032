import { type Mark, MARKS } from './mark.js';
import type { Proof } from './prove.js';

/** A proof's figures in words. */
export interface ToldProof {
    /** How many trials are exact, of all. */
    exact: string;
    isExact: boolean;
    /** What is wrong, and how often, from what harms least. */
    wrong: { outcome: Mark; text: string }[];
    /** What else is to be known. */
    notes: string[];
}

export function tellProof({ summary, trials, points: all, impossible }: Proof): ToldProof {
    const { points, outcomes, atStake, worstMiscount, duplicates, pagesAgain, notReached } = summary;
    const states = trials.filter(({ point }) => point.state);
    const kills = states.filter(({ point }) => point.plan.length > 0).length;
    const calls = states.reduce((sum, { point }) => sum + point.state!.calls.length, 0);
    const inFlight = trials.filter(({ point }) => point.inFlight);
    const exactInFlight = inFlight.filter(({ outcome }) => outcome === 'exact').length;
    const notes: [isTold: boolean, text: string][] = [
        [states.length > 0, `${calls} crash points are ${states.length} states`],
        [inFlight.length > 0, `${exactInFlight} of ${inFlight.length} exact with calls in flight together`],
        [impossible > 0, `${impossible} combinations that can't come`],
        [true, `${atStake.exact} of ${atStake.points} exact where something could be lost`],
        [kills > 0, `${kills} with another run alive, tried by a real kill`],
        [points + impossible < all, `${all - points - impossible} not tried`],
        [worstMiscount > 0, `worst miscount ${worstMiscount} offers`],
        [duplicates > 0, `${duplicates} rows too many`],
        [true, `${pagesAgain} pages fetched again`],
        [notReached > 0, `${notReached} not reached (the run had ended)`],
    ];
    return {
        exact: `${outcomes.exact} of ${points} exact`,
        isExact: outcomes.exact === points,
        wrong: MARKS.filter((outcome) => outcome !== 'exact' && outcomes[outcome] > 0).map((outcome) => {
            return { outcome, text: `${outcomes[outcome]} ${outcome}` };
        }),
        notes: notes.flatMap(([isTold, text]) => (isTold ? [text] : [])),
    };
}
