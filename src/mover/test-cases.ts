import type { ActorProofTrial } from './prove-actor.js';
import type { Difference } from './difference.js';
import type { ComparedRun } from './comparison.js';
import { describeAll } from './difference-text.js';
import type { JunitCase } from './junit.js';
import type { Moved } from './move.js';
import type { Noise } from './noise.js';
import { planText, struckText } from './strike-text.js';

const NO_OCCASION = 'The run ended before the occasion came.';

/** A test case for each strike of a run that is compared with nothing: it fails with the run. */
export function casesOfRun({ leftovers, struck, missed, wallMillis }: Moved): JunitCase[] {
    const failure = leftovers.ended === 'SUCCEEDED' ? undefined : `The run ended as ${leftovers.ended}.`;
    const seconds = wallMillis / 1_000;
    const cases: JunitCase[] = struck.map((one) => ({ name: struckText(one), seconds, ...(failure && { failure }) }));
    if (cases.length === 0) cases.push({ name: 'undisturbed', seconds, ...(failure && { failure }) });
    return [...cases, ...missed.map((strike) => ({ name: planText(strike), seconds: 0, skipped: NO_OCCASION }))];
}

/**
 * A test case for each strike of struck runs. What differs is put down to the strikes after which it came about, where
 * that is known, else to the last one.
 */
export function casesOfComparison(runs: readonly ComparedRun[]): JunitCase[] {
    return runs.flatMap(({ moved, differences }, i) => {
        const label = runs.length > 1 ? `run ${i + 1}: ` : '';
        const seconds = moved.wallMillis / 1_000 / Math.max(1, moved.struck.length);
        const cases: JunitCase[] = moved.struck.map((one, at) => {
            const failure = describeAll(differences.filter((difference) => isDueTo(difference, at + 1, moved)));
            const name = `${label}${struckText(one)}`;
            return { name, seconds, ...(failure.length > 0 && { failure: failure.join('\n') }) };
        });
        if (cases.length === 0 && differences.length > 0) {
            cases.push({ name: `${label}no strike`, seconds, failure: describeAll(differences).join('\n') });
        }
        return [
            ...cases,
            ...moved.missed.map((strike) => ({
                name: `${label}${planText(strike)}`,
                seconds: 0,
                skipped: NO_OCCASION,
            })),
        ];
    });
}

function isDueTo(difference: Difference, strike: number, { struck }: Moved): boolean {
    const strikes = difference.strikes.filter((one) => one > 0);
    return strikes.length > 0 ? strikes.includes(strike) : strike === struck.length;
}

/** A test case for all undisturbed runs together: it fails when they differ among themselves. */
export function casesOfNoise(undisturbed: readonly Moved[], { findings }: Noise): JunitCase[] {
    const seconds = undisturbed.reduce((sum, { wallMillis }) => sum + wallMillis / 1_000, 0);
    const failure = findings.map(({ sentence }) => sentence).join('\n');
    return [{ name: 'undisturbed', seconds, ...(failure !== '' && { failure }) }];
}

/** A test case for each moment of a proof. */
export function casesOfProof(trials: readonly ActorProofTrial[]): JunitCase[] {
    return trials.map(({ point, findings, isReached, wallMillis }) => ({
        name: `${point.plan.map(({ fault }) => fault).join(', ')} at ${point.label}`,
        seconds: wallMillis / 1_000,
        ...(findings.length > 0 && { failure: findings.map(({ sentence }) => sentence).join('\n') }),
        ...(!isReached && { skipped: NO_OCCASION }),
    }));
}
