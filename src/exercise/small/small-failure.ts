import { readSmallTexts } from '../content.js';
import { tellFailure, type ToldFailure } from '../told-failure.js';
import type { SmallExercise } from './exercises.js';
import type { SmallReport } from './small-report.js';

/** What a try of a small exercise has shown to be wrong, in words; undefined when nothing is. */
export function tellSmallFailure(
    { number, folder }: Pick<SmallExercise, 'number' | 'folder'>,
    report: SmallReport | undefined,
): ToldFailure | undefined {
    if (!report?.finding) return undefined;
    const repeat = `npm run exercise -- ${number} --timeline`;
    return tellFailure({ ...report, finding: report.finding, repeat }, readSmallTexts(folder).advice);
}
