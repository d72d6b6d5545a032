import type { Advice } from './content.js';
import type { StageResult } from './judge.js';
import { tellFailure, type ToldFailure } from './told-failure.js';

/** A stage that is not passed, in words: its first trial that failed, and the others in a line each. */
export interface ToldStage {
    heading: string;
    failure: ToldFailure;
    also: string[];
}

/** What a stage that is not passed has shown; undefined when nothing of it has failed. */
export function tellFailedStage(
    { number, title, reports }: StageResult,
    advice: Readonly<Record<string, Advice>>,
): ToldStage | undefined {
    const [first, ...others] = reports.filter(({ isPassed }) => !isPassed);
    if (!first?.finding) return undefined;
    return {
        heading: `Stage ${number}: ${title}`,
        failure: tellFailure({ ...first, finding: first.finding }, advice),
        also: others.map(({ moment, came }) => `${moment}: ${came}`),
    };
}

/** Which stages a failure has left out, in a sentence; none when none was. */
export function tellNotTried(stages: readonly StageResult[]): string[] {
    const left = stages.filter(({ status }) => status === 'not tried').map(({ number }) => number);
    if (left.length === 0) return [];
    const named = left.length === 1 ? `Stage ${left[0]} was` : `Stages ${left.join(', ')} were`;
    return [`${named} not tried, since a failure ends the check`];
}

/** What an Actor has shown that has passed all stages. */
export const ALL_PASSED = 'All six stages are passed: moved, aborted or killed, your Actor keeps what it has counted.';

/** What there is to see then: a command, and what it shows. */
export const AFTER_ALL_PASSED: readonly (readonly [command: string, what: string])[] = [
    ['npm run solution -- workspace --fault crash --at offers@8', 'your Actor, killed late in a run'],
    ['npm run solution -- 0 --fault crash --at offers@8', 'step 0, killed in the same place'],
    ['npm run diff 5', 'your files against step 5, the last of the solution'],
    ['npm run prove -- workspace', 'the map: your Actor, from every state after a crash'],
];
