import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import { SITE_PAGES } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { ALL_ROWS, endText, rowsFound, rowsText } from './texts.js';

const PAGE = 3;
const { asin: ASIN } = SITE_PAGES[PAGE - 1]!;

/** Runs to its end, and then goes on from just before a push is stored, and from just after. */
export async function trySayingFirst(lab: Lab, dir: string): Promise<SmallReport> {
    const whole = await lab.run({ label: 'undisturbed' });
    const report = judgeSayingFirst(whole, false, dir);
    const push = whole.trace.entries.findIndex(
        (entry) => entry.type === 'items.pushed' && entry.items.some((row) => row.asin === ASIN),
    );
    if (report.finding || push === -1) return report;
    const isSaid = isSaidBefore(whole.seen, push);
    const tried = await Promise.all([
        lab.fork(whole, push, { label: `killed when the rows of page ${PAGE} were stored, before the answer` }),
        lab.fork(whole, push - 1, { label: `killed just before the rows of page ${PAGE} were stored` }),
    ]);
    const reports = tried.map((one) => judgeSayingFirst(one, isSaid, dir));
    return reports.find(({ finding }) => finding) ?? reports[0]!;
}

/** Whether the Actor has saved something between the page and its push. */
function isSaidBefore(seen: Seen, push: number): boolean {
    const asked = seen.requestOfPage(PAGE)?.index ?? Infinity;
    return seen.stateSaves.some(({ index }) => index > asked && index < push);
}

/**
 * Judges the rows that a run has left.
 *
 * @param isSaid Whether the Actor had saved something between the page and its push.
 * @param dir The learner's folder.
 */
export function judgeSayingFirst(tried: Tried, isSaid: boolean, dir: string): SmallReport {
    const { seen } = tried;
    const found = rowsFound(seen);
    const report = {
        moment: tried.label,
        expected: ALL_ROWS,
        came: seen.status === 'SUCCEEDED' ? rowsText(found) : endText(seen),
    };
    const finding = runFinding(tried, dir) ?? whyWrong(seen, found, isSaid);
    return finding ? { ...report, finding } : report;
}

function whyWrong(
    seen: Seen,
    { tooMany, missing }: ReturnType<typeof rowsFound>,
    isSaid: boolean,
): Finding | undefined {
    if (tooMany + missing.length === 0) return undefined;
    if (seen.incarnation === 1) return { advice: 'wrong-undisturbed' };
    const hasLooked = seen.looks.some(({ incarnation }) => incarnation === 2);
    if (tooMany > 0) return { advice: hasLooked ? 'looked-in-vain' : isSaid ? 'said-not-looked' : 'pushed-again' };
    return { advice: hasLooked ? 'looked-elsewhere' : 'done-too-early' };
}
