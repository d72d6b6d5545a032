import type { Finding } from '../../finding.js';
import type { Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen, SeenRecord } from '../seen.js';
import type { SmallReport } from '../small-report.js';
import { ALL_OFFERS, endText, shownValue } from './texts.js';

/** The page that is on its way when the Actor is migrated. */
const PAGE = 4;
const OFFERS_BEFORE = 8;

/** Migrates an Actor that reads page after page; each is asked for once undisturbed. */
export const MIGRATED = {
    label: `migrated with page ${PAGE} on its way; the SDK reboots at once`,
    plan: `migrate:product@${PAGE}`,
    isEnough: isLost,
} as const;

/** Whether it is known that the second process does not go on where the first was. */
function isLost(seen: Seen): boolean {
    const [first] = seen.exits;
    if (!first) return false;
    if (first.isLeaving && seen.stateSaves.length === 0) return true;
    const next = seen.firstPageOf(first.incarnation + 1);
    return next !== undefined && next.number !== PAGE;
}

/**
 * Judges whether the second process goes on with the page at which the first was migrated, and counts all offers.
 *
 * @param dir The learner's folder.
 */
export function judgeContinuation(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const report = {
        moment: tried.label,
        expected: `process 2 goes on with page ${PAGE}; in the end, ${ALL_OFFERS} offers are counted`,
        came: cameText(seen),
    };
    const finding = findingIn(tried, dir);
    return finding ? { ...report, finding } : report;
}

function cameText(seen: Seen): string {
    const next = seen.firstPageOf(2);
    if (seen.exits[0] && seen.stateSaves.length === 0) return 'a process that was killed with nothing saved';
    if (!next) return endText(seen);
    const began = `process 2 began with page ${next.number}`;
    return seen.output === undefined ? began : `${began}; in the end, OUTPUT is ${shownValue(seen.output)}`;
}

function findingIn(tried: Tried, dir: string): Finding | undefined {
    const { seen } = tried;
    const problem = runFinding(tried, dir);
    if (problem) return problem;
    const [first] = seen.exits;
    if (first?.isLeaving && first.exitCode === 0) return { advice: 'exits' };
    const saved = seen.stateSaves.findLast(({ incarnation }) => incarnation === 1);
    const next = seen.firstPageOf(2);
    if (!saved) return { advice: first?.exitCode === 137 ? 'not-saved' : 'exits-early' };
    if (next?.number !== PAGE) return whyElsewhere(seen, saved, next?.index ?? Infinity);
    if ((seen.output as { offers?: unknown } | undefined)?.offers !== ALL_OFFERS) {
        return { advice: 'wrong-output', values: { output: shownValue(seen.output) } };
    }
    return undefined;
}

/** Why the second process began with another page. */
function whyElsewhere(seen: Seen, saved: SeenRecord, until: number): Finding {
    const { key, value } = saved;
    const values = { key, value: shownValue(value) };
    const inSecond = ({ incarnation, index, key: other }: SeenRecord): boolean =>
        incarnation === 2 && index < until && other === key;
    const read = seen.reads.find(inSecond);
    if (!read) return { advice: 'never-read', values };
    const overwriting = seen.stateSaves.find(inSecond);
    if (overwriting && overwriting.index < read.index) {
        return { advice: 'overwritten', values: { key, value: shownValue(overwriting.value) } };
    }
    const { next, offers } = (value ?? {}) as { next?: unknown; offers?: unknown };
    const isNewest = next === PAGE && offers === OFFERS_BEFORE;
    return { advice: isNewest ? 'not-used' : 'stale', values };
}
