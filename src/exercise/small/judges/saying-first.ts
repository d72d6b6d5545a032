import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import { SITE_PAGES } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { ALL_ROWS, endText, type RowsFound, rowsFound, rowsText } from './texts.js';
import { upTo } from './up-to.js';

const PAGE = 3;
const { asin: ASIN } = SITE_PAGES[PAGE - 1]!;

/** Runs until a push is stored, and goes on from just before that, and from just after. */
export async function trySayingFirst(lab: Lab, dir: string): Promise<SmallReport> {
    const label = `it pushes the rows of page ${PAGE}`;
    const reached = await upTo(lab, { label }, pushedAt, dir);
    if ('report' in reached) return reached.report;
    const { run, index } = reached;
    const isSaid = isSaidBefore(run.seen, index);
    const tried = await lab.together(
        lab.fork(run, index, { label: `killed when the rows of page ${PAGE} were stored, before the answer` }),
        lab.fork(run, index - 1, { label: `killed just before the rows of page ${PAGE} were stored` }),
    );
    const reports = tried.map((one) => judgeSayingFirst(one, isSaid, dir));
    return reports.find(({ finding }) => finding) ?? reports[0]!;
}

function pushedAt({ pushes }: Seen): number | undefined {
    return pushes.find(({ items }) => items.some(({ asin }) => asin === ASIN))?.index;
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

function whyWrong(seen: Seen, { tooMany, missing }: RowsFound, isSaid: boolean): Finding | undefined {
    if (tooMany + missing.length === 0) return undefined;
    const hasLooked = seen.looks.some(({ incarnation }) => incarnation === 2);
    if (tooMany > 0) return { advice: hasLooked ? 'looked-in-vain' : isSaid ? 'said-not-looked' : 'pushed-again' };
    return { advice: hasLooked ? 'looked-elsewhere' : 'done-too-early' };
}
