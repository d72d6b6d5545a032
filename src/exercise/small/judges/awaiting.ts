import { type Trace, stateAt } from '../../../trace/trace.js';
import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { SmallReport } from '../small-report.js';
import { ALL_ROWS, endText, rowsFound, rowsText } from './texts.js';

const PAGE = 4;
const STRUCK = `killed when it asked for page ${PAGE}`;

/** Slow pushes and saves: what is not waited for is still on its way when the next page is asked for. */
export async function tryAwaiting(lab: Lab, dir: string): Promise<SmallReport> {
    const first = await lab.run({
        label: `until it asks for page ${PAGE}`,
        apiFaults: ['dataset_items_post:latency-500ms@3+', 'keyValueStore_record_put:latency-100ms@3+'],
        isEnough: (seen) => askedAt(seen) !== undefined,
    });
    const index = askedAt(first.seen);
    const problem = runFinding(first, dir);
    if (problem || index === undefined) {
        const finding = problem ?? { advice: 'exits-early' };
        return { moment: first.label, expected: ALL_ROWS, came: endText(first.seen), finding };
    }
    const second = await lab.fork(first, index, { label: STRUCK });
    return judgeAwaiting(openWrites(first.trace, index), second, dir);
}

/** Pushes and saves under way at a moment. */
export interface OpenWrites {
    pushes: number;
    saves: number;
}

function askedAt(seen: Tried['seen']): number | undefined {
    return seen.requestOfPage(PAGE)?.index;
}

/** What a run had asked the storages to keep and not been answered yet. */
export function openWrites(trace: Trace, index: number): OpenWrites {
    const open = [...stateAt(trace, index).calls.values()];
    const count = (operation: string): number => open.filter(({ operationId }) => operationId === operation).length;
    return { pushes: count('dataset_items_post'), saves: count('keyValueStore_record_put') };
}

/**
 * Judges what was under way when the next page was asked for, and what a crash made of it.
 *
 * @param dir The learner's folder.
 */
export function judgeAwaiting(open: OpenWrites, second: Tried, dir: string): SmallReport {
    const found = rowsFound(second.seen);
    const report = { moment: second.label, expected: ALL_ROWS, came: rowsText(found) };
    const finding = notAwaited(open) ?? runFinding(second, dir);
    if (finding) return { ...report, finding };
    if (found.missing.length > 0) return { ...report, finding: { advice: 'exits-early' } };
    return found.tooMany > 0 ? { ...report, finding: { advice: 'rows-twice' } } : report;
}

function notAwaited({ pushes, saves }: OpenWrites): Finding | undefined {
    if (pushes > 1) return { advice: 'callback', values: { pushes: String(pushes) } };
    if (pushes > 0 && saves > 0) return { advice: 'neither' };
    if (pushes > 0) return { advice: 'push' };
    return saves > 0 ? { advice: 'save' } : undefined;
}
