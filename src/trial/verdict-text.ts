import type { TrialResult } from './trial.js';
import type { Verdict } from './verdict.js';

/** What a verdict is told from. */
export type Told = Pick<TrialResult, 'verdict' | 'coldStartMillis' | 'downMillis' | 'missed'>;

/** One line of a verdict: what it is about, whether it is right (undefined where nothing can be wrong), and figures. */
export interface VerdictLine {
    name: string;
    isWell: boolean | undefined;
    status: string;
    details: string;
}

/** The verdict against the truth, in figures. */
export function verdictLines({ verdict, coldStartMillis, downMillis }: Told): VerdictLine[] {
    const { tracker, dataset, pages, boots } = verdict;
    const downs = downMillis.map(seconds).join(', ');
    const start = coldStartMillis === undefined ? 'no page at all' : `first page after ${seconds(coldStartMillis)}`;
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
            `${count(boots, 'process', 'processes')}, ${start}${downs && `, down for ${downs}`}`,
        ],
        ['pages', undefined, '', `${pages.requested} fetched, ${pages.again} of them again`],
    ];
    return rows.map(([name, isWell, status, details]) => ({ name, isWell, status, details }));
}

/** What the trial has shown, in a sentence or two. */
export function lesson({ verdict, missed }: Told): string {
    const { tracker, dataset, boots } = verdict;
    if (verdict.ended !== 'SUCCEEDED') return `The run ended as ${verdict.ended}, so its result is not whole.`;
    const sentences: string[] = [];
    if (tracker.status === 'lost') sentences.push(lostSentence(verdict));
    else if (tracker.status === 'exact') {
        sentences.push(boots > 1 ? 'Every count survived.' : 'Undisturbed, every count is right.');
    } else sentences.push(...miscountSentences(tracker.asins));
    if (dataset.duplicates > 0) sentences.push(`The dataset has ${count(dataset.duplicates, 'row', 'rows')} too many.`);
    if (dataset.missing > 0) sentences.push(`The dataset lacks ${count(dataset.missing, 'row', 'rows')}.`);
    if (missed.length > 0) {
        sentences.push(`${count(missed.length, 'strike', 'strikes')} of the plan found no occasion.`);
    }
    return sentences.join(' ');
}

function lostSentence({ boots, tracker: { asins } }: Verdict): string {
    if (boots === 1) return 'The run left no object.';
    const all = asins.exact + asins.under + asins.over + asins.missing;
    const verb = asins.missing === 1 ? 'is' : 'are';
    return `${asins.missing} of ${all} ASINs ${verb} gone: the new process began without what the old one had counted.`;
}

function miscountSentences({ under, over, missing }: Verdict['tracker']['asins']): string[] {
    const sentences: string[] = [];
    if (over > 0) {
        const many = count(over, 'ASIN counts', 'ASINs count');
        sentences.push(`${many} too many: pages that were in flight were done again, and counted again.`);
    }
    const few = [
        ...(under > 0 ? [`${count(under, 'ASIN counts', 'ASINs count')} too few`] : []),
        ...(missing > 0 ? [`${count(missing, 'ASIN is', 'ASINs are')} missing`] : []),
    ];
    if (few.length > 0) sentences.push(`${few.join(' and ')}: pages were finished after the last save.`);
    return sentences;
}

function asinText({ tracker: { asins } }: Verdict): string {
    const parts = Object.entries(asins).flatMap(([state, number]) => (number > 0 ? [`${number} ${state}`] : []));
    return `ASINs: ${parts.join(', ') || 'none'}`;
}

function seconds(millis: number): string {
    return `${(millis / 1_000).toFixed(1)} s`;
}

function count(number: number, one: string, many: string): string {
    return `${number} ${number === 1 ? one : many}`;
}
