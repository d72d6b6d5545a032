import { type Trace, stateAt } from '../../../trace/trace.js';
import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen } from '../seen.js';
import { SITE_PAGES, SITE_TRUTH } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';

/** Much longer than pages are held, so that a wait for them can come to its end; an Actor that waits for ever is killed. */
const GRACE_MILLIS = 3_000;
const STRUCK = `migrated with pages on their way; the platform ignores the reboot, and kills the process after ${GRACE_MILLIS / 1_000} s`;
const EXPECTED = `the record holds each page that is handled; in the end, ${SITE_PAGES.length} ASINs with their offers`;

/** Migrates with pages in flight. Once they are saved or known to be lost, it goes on from there as after the kill. */
export async function tryInFlight(lab: Lab, dir: string): Promise<SmallReport> {
    const first = await lab.run({
        label: STRUCK,
        plan: 'migrate:product@3',
        graceMillisWithoutReboot: GRACE_MILLIS,
        isEnough: isSettled,
    });
    const finding = runFinding(first, dir) ?? judgeLeaving(first);
    if (finding) return { moment: STRUCK, expected: EXPECTED, came: leavingText(first), finding };
    return judgeGoneOn(await lab.fork(first, first.trace.end - 1, { label: STRUCK }), dir);
}

/** Whether the process is gone, or its listeners are done and nothing is in flight any more. */
function isSettled(seen: Seen): boolean {
    if (seen.exits.length > 0) return true;
    // The SDK asks for the reboot when all listeners are done.
    return seen.isRebooting && seen.inFlight === 0;
}

/** ASINs of pages that are marked handled, and which of them no saved record holds, at the end of a run's trace. */
export function unsavedAt(trace: Trace, index: number, seen: Seen): { handled: string[]; unsaved: string[] } {
    const { state } = stateAt(trace, index);
    const handled = [...state.storages['request-queues'].values()]
        .flatMap(({ content }) => [...content.listing()])
        .filter(({ request }) => request.handledAt)
        .map(({ request }) => SITE_PAGES[Number(/\d+$/.exec(request.url)?.[0]) - 1]?.asin ?? request.url);
    const newest = new Map(seen.stateSaves.map(({ store, key, value }) => [`${store}/${key}`, value]));
    const saved = JSON.stringify([...newest.values()]);
    return { handled, unsaved: handled.filter((asin) => !saved.includes(asin)) };
}

function judgeLeaving({ trace, seen }: Tried): Finding | undefined {
    const [exit] = seen.exits;
    if (exit?.isLeaving && exit.exitCode === 0) return { advice: 'exits' };
    if (!seen.isLeaving) return { advice: 'exits-early' };
    if (!seen.stateSaves.some(({ isLeaving }) => isLeaving)) return { advice: 'never-saved' };
    const { unsaved } = unsavedAt(trace, trace.end, seen);
    return unsaved.length > 0 ? { advice: 'saved-too-early', values: { asins: unsaved.join(', ') } } : undefined;
}

function leavingText({ trace, seen }: Tried): string {
    if (!seen.isLeaving) return endText(seen);
    const { handled, unsaved } = unsavedAt(trace, trace.end, seen);
    return `${handled.length} pages handled, ${unsaved.length} of them in no record`;
}

/**
 * Judges what a process makes of the record that the one before has saved while it waited.
 *
 * @param dir The learner's folder.
 */
export function judgeGoneOn(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const counts = (seen.output ?? {}) as Record<string, unknown>;
    const wrong = Object.entries(SITE_TRUTH).filter(([asin, offers]) => counts[asin] !== offers);
    const came =
        seen.output === undefined ? endText(seen) : `${SITE_PAGES.length - wrong.length} ASINs with their offers`;
    const report = { moment: tried.label, expected: EXPECTED, came };
    const finding = runFinding(tried, dir);
    if (finding) return { ...report, finding };
    if (wrong.length === 0) return report;
    const key = seen.stateSaves.findLast(({ incarnation }) => incarnation === 1)?.key ?? '';
    const isRead = seen.reads.some((read) => read.incarnation === 2 && read.key === key);
    return { ...report, finding: { advice: isRead ? 'not-used' : 'never-read', values: { key } } };
}
