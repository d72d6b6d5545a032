import { readAdvice } from '../exercise/content.js';
import type { StageResult } from '../exercise/judge.js';
import type { CheckResult } from '../exercise/run-check.js';
import type { TrialOutcome } from '../exercise/trial-outcome.js';
import { tellFinding } from '../exercise/told-failure.js';
import { reportHtml } from '../replay/report.js';

/** A check as one page: its stages, and the replay of each of its trials; those of the first failed stage come first. */
export function checkReport({ stages, problem }: CheckResult, outcomes: readonly TrialOutcome[]): string {
    const passed = stages.filter(({ status }) => status === 'passed').length;
    const failed = stages.filter(({ status }) => status === 'failed');
    const wanted = failed.flatMap(({ reports }) =>
        reports.filter(({ isPassed }) => !isPassed).map(({ trial }) => trial),
    );
    const place = ({ id }: TrialOutcome): number => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
    return reportHtml({
        title: 'Check of your Actor',
        verdict: {
            isWell: passed === stages.length,
            sentence: problem ?? `${passed} of ${stages.length} stages are passed.`,
            lines: stages.map(({ number, title, status, reports }) => ({
                name: `${number}  ${title}`,
                isWell: status === 'not tried' ? undefined : status === 'passed',
                status,
                details: detailsOf({ reports }),
            })),
        },
        runs: outcomes
            .toSorted((a, b) => place(a) - place(b))
            .map(({ id, result }) => ({ label: id, trace: result.trace })),
    });
}

function detailsOf({ reports }: Pick<StageResult, 'reports'>): string {
    const finding = reports.find((report) => report.finding)?.finding;
    if (!finding) return '';
    const { seen, advice } = tellFinding(finding, readAdvice());
    return `${seen} ${advice}`;
}
