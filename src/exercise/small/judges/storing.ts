import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';
import { upTo } from './up-to.js';

const PAGE = 4;
const isAsked = ({ requests }: Seen): boolean => requests.some(({ kind }) => kind === 'product');

/** Runs until page 4; then once as a new run on the same account, and once as the same run after a crash. */
export async function tryStoring(lab: Lab, dir: string): Promise<SmallReport> {
    const label = `it asks for page ${PAGE}`;
    const reached = await upTo(lab, { label }, (seen) => seen.requestOfPage(PAGE)?.index, dir);
    if ('report' in reached) return reached.report;
    const { run: first, index } = reached;
    const [sameRun, newRun] = await lab.together(
        lab.fork(first, index, {
            label: `killed when it asked for page ${PAGE}, and gone on with`,
            isEnough: (seen) => seen.firstPageOf(2) !== undefined,
        }),
        lab.run({ label: `a new run, after one that was ended at page ${PAGE}`, after: first, isEnough: isAsked }),
    );
    const report = judgeSameRun(first, sameRun!, dir);
    return report.finding ? report : judgeNewRun(newRun!, dir);
}

/** Judges whether a run goes on after a crash. */
export function judgeSameRun(first: Tried, tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const next = seen.firstPageOf(2);
    const report = {
        moment: tried.label,
        expected: `the same run goes on with page ${PAGE}`,
        came: next ? `it went on with page ${next.number}` : endText(seen),
    };
    const problem = runFinding(tried, dir);
    if (problem) return { ...report, finding: problem };
    if (next?.number === PAGE) return report;
    const saved = first.seen.stateSaves.at(-1);
    if (!saved) return { ...report, finding: { advice: 'not-saved' } };
    const values = { key: saved.key, store: saved.storeName ?? 'the default store' };
    const isOfRecord = ({ incarnation, store, key }: Seen['reads'][number]): boolean =>
        incarnation === 2 && store === saved.store && key === saved.key;
    const read = seen.reads.find(isOfRecord);
    const written = [...seen.stateSaves, ...seen.removals];
    if (written.some((save) => isOfRecord(save) && save.index < (read?.index ?? Infinity))) {
        return { ...report, finding: { advice: 'cleared', values } };
    }
    return { ...report, finding: { advice: read ? 'not-used' : 'reads-elsewhere', values } };
}

/** Judges whether a new run begins at zero. */
export function judgeNewRun(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const next = seen.firstPageOf(1);
    const report = {
        moment: tried.label,
        expected: 'the new run begins with page 1',
        came: next ? `it began with page ${next.number}` : endText(seen),
    };
    const problem = runFinding(tried, dir);
    if (problem) return { ...report, finding: problem };
    if (next?.number === 1) return report;
    const read = seen.reads.find(({ storeName }) => storeName !== undefined);
    return { ...report, finding: { advice: 'other-run', values: { store: read?.storeName ?? 'a named store' } } };
}
