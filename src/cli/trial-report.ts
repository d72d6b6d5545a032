import type { TrialResult } from '../trial/trial.js';
import { reportHtml } from '../replay/report.js';
import { lesson, verdictLines } from '../trial/verdict-text.js';

/** A trial as one page: its verdict, and the replay. */
export function trialReport(title: string, result: TrialResult): string {
    return reportHtml({
        title,
        verdict: { isWell: result.verdict.exact, sentence: lesson(result), lines: verdictLines(result) },
        runs: [{ label: title, trace: result.trace }],
    });
}
