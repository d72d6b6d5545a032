import chalk from 'chalk';

import type { TrialResult, Verdict } from '../trial/index.js';

/** The verdict as a small table against the truth. */
export function verdictTable({ verdict, coldStartMillis, downMillis }: TrialResult): string {
    const { tracker, dataset, pages, boots } = verdict;
    const downs = downMillis.map(seconds).join(', ');
    const rows: [string, boolean | undefined, string, string][] = [
        [
            'object',
            tracker.status === 'exact',
            tracker.status,
            `${tracker.counted} offers counted of ${tracker.truth}, ${asinText(verdict)}`,
        ],
        [
            'dataset',
            dataset.status === 'exact',
            dataset.status,
            `${dataset.rows} rows for ${dataset.truth} offers, ${dataset.duplicates} too many, ${dataset.missing} missing`,
        ],
        [
            'run',
            verdict.ended === 'SUCCEEDED',
            verdict.ended,
            `${count(boots, 'process', 'processes')}, first page after ${seconds(coldStartMillis ?? 0)}${downs && `, down for ${downs}`}`,
        ],
        ['pages', undefined, '', `${pages.requested} fetched, ${pages.again} of them again`],
    ];
    const width = Math.max(...rows.map(([, , status]) => status.length));
    return rows
        .map(([name, isRight, status, details]) => {
            const padded = status.padEnd(width);
            return `  ${name.padEnd(8)} ${sign(isRight)} ${paint(isRight)(padded)}  ${chalk.dim(details)}`;
        })
        .join('\n');
}

/** One sentence that says what the trial has shown. */
export function lesson({ verdict, missed, run }: TrialResult): string {
    const { tracker, dataset } = verdict;
    const { under, over, missing } = tracker.asins;
    const all = under + over + missing + tracker.asins.exact;
    if (verdict.ended !== 'SUCCEEDED') return `The run ended as ${verdict.ended}, so its result is not whole.`;
    const isStruck = run.incarnation > 1;
    const sentences: string[] = [];
    if (tracker.status === 'lost') {
        sentences.push(
            `${missing} of ${all} ASINs are gone: they were only in the memory of a process that is no more.`,
        );
    }
    if (over > 0) {
        sentences.push(
            `${count(over, 'ASIN counts', 'ASINs count')} too many: pages that were in flight were done again, and counted again.`,
        );
    }
    if (under > 0) {
        sentences.push(
            `${count(under, 'ASIN counts', 'ASINs count')} too few: a page was finished after the last save.`,
        );
    }
    if (tracker.status === 'exact') {
        sentences.push(isStruck ? 'Every count survived.' : 'Undisturbed, every count is right.');
    }
    if (dataset.duplicates > 0)
        sentences.push(`${count(dataset.duplicates, 'row is', 'rows are')} in the dataset twice.`);
    if (dataset.missing > 0) sentences.push(`${count(dataset.missing, 'row is', 'rows are')} missing.`);
    if (missed.length > 0)
        sentences.push(`${count(missed.length, 'strike', 'strikes')} of the plan found no occasion.`);
    return sentences.join(' ');
}

function asinText({ tracker: { asins } }: Verdict): string {
    const parts = Object.entries(asins).flatMap(([state, number]) => (number > 0 ? [`${number} ${state}`] : []));
    return `ASINs: ${parts.join(', ') || 'none'}`;
}

function sign(isRight: boolean | undefined): string {
    if (isRight === undefined) return ' ';
    return isRight ? chalk.green('✔') : chalk.red('✘');
}

function paint(isRight: boolean | undefined): (text: string) => string {
    if (isRight === undefined) return (text) => text;
    return isRight ? chalk.green : chalk.red;
}

function seconds(millis: number): string {
    return `${(millis / 1_000).toFixed(1)} s`;
}

function count(number: number, one: string, many: string): string {
    return `${number} ${number === 1 ? one : many}`;
}
