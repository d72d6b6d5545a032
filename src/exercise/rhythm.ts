import type { Finding } from './finding.js';
import type { Trace } from '../trace/trace.js';
import type { Sighting, Witness } from './witness.js';

/** The time in which an offers page was held and nothing changed. Milliseconds since the epoch. */
export interface HeldPage {
    asin: string;
    from: number;
    to: number;
}

/** Milliseconds between two lines that still count as 10 seconds, on a machine that is busy. */
const RHYTHM = { min: 8_000, max: 13_000 };
/** Lines closer together count as one: the same version, logged by two means. */
const SAME_MILLIS = 1_000;

export interface Logged {
    witness: Pick<Witness, 'logged'>;
    hold?: HeldPage;
    result: { truth: Readonly<Record<string, number>> };
}

/** The page that was held in a trial that nothing struck; undefined when it was never asked for. */
export function heldPage(trace: Trace): HeldPage | undefined {
    const pages = new Map<string, string>();
    let held: { page: string; hold: HeldPage } | undefined;
    for (const [, entry] of trace.tried()) {
        if (entry.type === 'page') pages.set(entry.page, entry.asin ?? '');
        if (entry.type === 'held' && 'page' in entry) {
            held ??= { page: entry.page, hold: { asin: pages.get(entry.page) ?? '', from: entry.at, to: Infinity } };
        }
        if (entry.type === 'released' && 'page' in entry && entry.page === held?.page) held.hold.to = entry.at;
    }
    return held?.hold;
}

/** Judges how often the object was logged while a page was held, and whether it was the newest version. */
export function judgeRhythm({ witness, hold, result }: Logged): {
    expected: string;
    came: string;
    finding?: Finding;
} {
    const expected = 'the object in the log every 10 s, with all that had been scraped';
    if (!hold) return { expected, came: 'a run without a page of offers', finding: { advice: 'not-logged' } };
    const heldSecs = seconds(hold.to - hold.from);
    const lines = distinct(witness.logged.filter(({ at }) => at >= hold.from && at <= hold.to));
    const gaps = lines.map(({ at }, i) => at - (lines[i - 1]?.at ?? hold.from));
    const came = `${times(lines.length)} in ${heldSecs} s${lines.length > 0 ? `, after ${gaps.map(seconds).join(', ')} s` : ''}`;
    const values = { seconds: heldSecs, times: times(lines.length), gaps: `${gaps.map(seconds).join(', ')} s` };
    const because = (advice: Finding['advice'], more = {}): ReturnType<typeof judgeRhythm> => ({
        expected,
        came,
        finding: { advice, values: { ...values, ...more } },
    });

    if (witness.logged.length === 0) return because('not-logged');
    if (gaps.slice(1).some((gap) => gap < RHYTHM.min)) return because('logged-too-often');
    if (lines.length < 2) return because('logged-once');
    if (gaps.some((gap) => gap > RHYTHM.max)) return because('logged-irregularly');
    const newest = lines.at(-1)!.counts;
    const absent = Object.keys(result.truth).filter((asin) => asin !== hold.asin && !(asin in newest));
    return absent.length > 0 ? because('logged-stale', { asins: absent.join(', ') }) : { expected, came };
}

/** Whether the log shows all that there is to see, so that the page need be held no longer. */
export function isRhythmSeen(logged: readonly Sighting[], from: number): boolean {
    const lines = distinct(logged.filter(({ at }) => at >= from));
    return lines.length >= 2 && lines.at(-1)!.at - lines.at(-2)!.at >= RHYTHM.min;
}

function distinct(logged: readonly Sighting[]): Sighting[] {
    const lines: Sighting[] = [];
    for (const sighting of logged) {
        const last = lines.at(-1);
        if (!last || sighting.at - last.at >= SAME_MILLIS) lines.push(sighting);
    }
    return lines;
}

function seconds(millis: number): string {
    return (millis / 1_000).toFixed(1);
}

function times(number: number): string {
    if (number === 0) return 'not at all';
    return number === 1 ? 'once' : `${number} times`;
}
