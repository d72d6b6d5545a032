import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import { SITE_PAGES, SITE_TRUTH } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';

const PAGE = 3;
const EXPECTED = `${SITE_PAGES.length} ASINs in OUTPUT, each with its number of offers`;

/** Runs to its end, and then goes on from the first save after a page: as a crash between two saves leaves it. */
export async function tryCounting(lab: Lab, dir: string): Promise<SmallReport> {
    const whole = await lab.run({ label: 'undisturbed' });
    const report = judgeCounting(whole, dir);
    const index = firstSaveOf(whole.seen);
    if (report.finding || index === undefined) return report;
    return judgeCounting(
        await lab.fork(whole, index, { label: `killed right after a save, with page ${PAGE} done` }),
        dir,
    );
}

/** Where the first save after page 3 is; where there is none before the next page, that page. */
function firstSaveOf(seen: Seen): number | undefined {
    const page = seen.requestOfPage(PAGE)?.index ?? Infinity;
    const next = seen.requestOfPage(PAGE + 1)?.index;
    return seen.stateSaves.find(({ index }) => index > page && index < (next ?? Infinity))?.index ?? next;
}

/**
 * Judges the counts that a run has left, undisturbed or after a crash.
 *
 * @param dir The learner's folder.
 */
export function judgeCounting(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const counts = (seen.output ?? {}) as Record<string, unknown>;
    const wrong = Object.entries(SITE_TRUTH).filter(([asin, offers]) => counts[asin] !== offers);
    const [example] = wrong;
    const came =
        seen.output === undefined
            ? endText(seen)
            : !example
              ? 'just that'
              : `${wrong.length} wrong, such as ${example[0]} with ${String(counts[example[0]] ?? 'none')} instead of ${example[1]}`;
    const report = { moment: tried.label, expected: EXPECTED, came };
    const finding = runFinding(tried, dir) ?? (wrong.length > 0 ? whyWrong(seen, counts, wrong) : undefined);
    return finding ? { ...report, finding } : report;
}

function whyWrong(seen: Seen, counts: Record<string, unknown>, wrong: readonly [string, number][]): Finding {
    const [asin, offers] = wrong[0]!;
    const values = { asin, count: String(counts[asin] ?? 'none'), offers: String(offers) };
    if (seen.incarnation === 1) return { advice: 'wrong-undisturbed', values };
    if (wrong.some(([one, truth]) => Number(counts[one] ?? 0) > truth)) return { advice: 'added-again', values };
    const isRead = seen.reads.filter(({ incarnation }) => incarnation === 2).map(({ key }) => key);
    const saved = seen.stateSaves.findLast(
        ({ incarnation, value }) => incarnation === 1 && JSON.stringify(value ?? '').includes(SITE_PAGES[0]!.asin),
    );
    if (saved && !isRead.includes(saved.key)) return { advice: 'never-read', values: { ...values, key: saved.key } };
    return { advice: 'done-too-early', values };
}
