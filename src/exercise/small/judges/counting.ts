import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import { SITE_PAGES, SITE_TRUTH } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';
import { upTo } from './up-to.js';

const PAGE = 3;
const EXPECTED = `${SITE_PAGES.length} ASINs in OUTPUT, each with its number of offers`;

/** Runs up to the first save after a page, and goes on from there, as after a crash between two saves. */
export async function tryCounting(lab: Lab, dir: string): Promise<SmallReport> {
    const label = `it saves after page ${PAGE}`;
    const reached = await upTo(lab, { label }, savedAt, dir);
    if ('report' in reached) return reached.report;
    const struck = { label: `killed right after its first save for page ${PAGE}` };
    return judgeCounting(await lab.fork(reached.run, reached.index, struck), dir);
}

/** Where the first save after the page is; where none comes before the next page, that one. */
function savedAt(seen: Seen): number | undefined {
    const page = seen.requestOfPage(PAGE)?.index ?? Infinity;
    const next = seen.requestOfPage(PAGE + 1)?.index;
    return seen.stateSaves.find(({ index }) => index > page && index < (next ?? Infinity))?.index ?? next;
}

/**
 * Judges the counts that a run has left after a crash.
 *
 * @param dir The learner's folder.
 */
export function judgeCounting(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const counts = (seen.output ?? {}) as Record<string, unknown>;
    const wrong = Object.entries(SITE_TRUTH)
        .filter(([asin, offers]) => counts[asin] !== offers)
        .map(([asin, offers]) => ({ asin, count: String(counts[asin] ?? 'nothing'), offers }));
    const report = { moment: tried.label, expected: EXPECTED, came: cameText(seen, wrong) };
    const finding = runFinding(tried, dir) ?? whyWrong(seen, wrong);
    return finding ? { ...report, finding } : report;
}

interface Wrong {
    asin: string;
    count: string;
    offers: number;
}

function cameText(seen: Seen, [example, ...others]: readonly Wrong[]): string {
    if (seen.output === undefined) return endText(seen);
    if (!example) return 'just that';
    return `${others.length + 1} wrong: ${example.asin} has ${example.count} instead of ${example.offers}`;
}

function whyWrong(seen: Seen, wrong: readonly Wrong[]): Finding | undefined {
    const tooHigh = wrong.find(({ count, offers }) => Number(count) > offers);
    const [one] = tooHigh ? [tooHigh] : wrong;
    if (!one) return undefined;
    const values = { asin: one.asin, count: one.count, offers: String(one.offers) };
    // The last page was done after the crash only.
    if (wrong.some(({ asin }) => asin === SITE_PAGES.at(-1)!.asin)) return { advice: 'miscounted', values };
    if (tooHigh) return { advice: 'added-again', values };
    const saved = seen.stateSaves.findLast(
        ({ incarnation, value }) => incarnation === 1 && JSON.stringify(value ?? '').includes(SITE_PAGES[0]!.asin),
    );
    const isRead = seen.reads.some(({ incarnation, key }) => incarnation === 2 && key === saved?.key);
    if (saved && !isRead) return { advice: 'never-read', values: { ...values, key: saved.key } };
    return { advice: 'done-too-early', values };
}
