import { type Trace, stateAt } from '../../../trace/trace.js';
import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { SmallReport } from '../small-report.js';
import { ALL_ROWS, type RowsFound, rowsFound, rowsText } from './texts.js';
import { upTo } from './up-to.js';

const PAGE = 4;

/** Slow pushes and saves: what is not waited for is still on its way when the next page is asked for. */
export async function tryAwaiting(lab: Lab, dir: string): Promise<SmallReport> {
    const label = `it asks for page ${PAGE}, while pushes and saves take their time`;
    const apiFaults = ['dataset_items_post:latency-500ms@3+', 'keyValueStore_record_put:latency-100ms@3+'];
    const reached = await upTo(lab, { label, apiFaults }, (seen) => seen.requestOfPage(PAGE)?.index, dir);
    if ('report' in reached) return reached.report;
    const { run, index } = reached;
    const pushes = openPushes(run.trace, index);
    return judgeAwaiting(pushes, await lab.fork(run, index, { label: `killed when it asked for page ${PAGE}` }), dir);
}

/** Pushes that a run had begun and that had not been answered at a moment. */
export function openPushes(trace: Trace, index: number): number {
    const open = [...stateAt(trace, index).calls.values()];
    return open.filter(({ operationId }) => operationId === 'dataset_items_post').length;
}

/**
 * Judges what was under way when the next page was asked for, and what a crash made of it.
 *
 * @param pushes Pushes that were under way.
 * @param dir The learner's folder.
 */
export function judgeAwaiting(pushes: number, tried: Tried, dir: string): SmallReport {
    const found = rowsFound(tried.seen);
    const report = { moment: tried.label, expected: ALL_ROWS, came: rowsText(found) };
    const finding = runFinding(tried, dir) ?? notAwaited(pushes, found);
    return finding ? { ...report, finding } : report;
}

function notAwaited(pushes: number, { missing, tooMany }: RowsFound): Finding | undefined {
    if (pushes > 0) return { advice: pushes === 1 ? 'push' : 'callback', values: { pushes: String(pushes) } };
    if (missing.length > 0) return { advice: 'exits-early' };
    return tooMany > 0 ? { advice: 'save', values: { rows: String(tooMany) } } : undefined;
}
