import type { Counts } from '../trace/counts.js';
import { HEAP_MBYTES } from './build.js';
import { errorText, hasFullHeap, UNSETTLED } from './failed-run.js';
import type { Finding } from './finding.js';
import { lastError } from './last-error.js';
import { specOf } from './stages.js';
import type { TrialOutcome } from './trial-outcome.js';
import type { RecordUse } from './witness.js';

/** What Crawlee logs of a request that it tries no more. */
const GAVE_UP = 'reached maximum retries';

/** Why a run did not come to its end, or ended before its work was done; undefined when it did. */
export function diagnoseRun(outcome: TrialOutcome): Finding | undefined {
    const { witness, ended, result, limits } = outcome;
    const { status } = result.run;
    const [done, all] = [String(witness.pagesRequested), String(result.pagesExpected)];
    if (ended === 'log') return { advice: 'floods', values: { line: (witness.lines.at(-1) ?? '').slice(0, 120) } };
    if (ended === 'memory') return tooMuchMemory(limits.maxMemoryBytes / 1024 ** 2);
    if (ended === 'time') return { advice: 'takes-long', values: { seconds: inSeconds(limits.maxMillis), done, all } };
    if (ended === 'stalled') {
        const isDone = witness.pagesRequested >= result.pagesExpected;
        const seconds = inSeconds(limits.patienceMillis);
        return { advice: isDone ? 'never-exits' : 'hangs', values: { seconds, done, all } };
    }
    if (status === 'FAILED') {
        if (hasFullHeap(witness.lines)) return tooMuchMemory(HEAP_MBYTES);
        if (result.run.exitCode === UNSETTLED) return { advice: 'unsettled', values: { done, all } };
        return notWritten(outcome) ?? failing('fails', outcome, `exit code ${result.run.exitCode}`);
    }
    if (status !== 'SUCCEEDED') return { advice: 'ended', values: { status } };
    if (witness.exitsWhileMigrating > 0) return { advice: 'exits-while-migrating' };
    if (witness.lines.some((line) => line.includes(GAVE_UP))) {
        return notWritten(outcome) ?? failing('handler-fails', outcome, 'see the log');
    }
    if (witness.pagesRequested < result.pagesExpected) return { advice: 'exits-early', values: { done, all } };
    return undefined;
}

function tooMuchMemory(limitMbytes: number): Finding {
    return { advice: 'memory', values: { limit: String(Math.round(limitMbytes)) } };
}

function inSeconds(millis: number): string {
    return String(Math.round(millis / 1_000));
}

/** What the starter throws where something of it has not been written. */
function notWritten(outcome: TrialOutcome): Finding | undefined {
    const [, task] = /^Error: Your task: (.+)$/.exec(errorIn(outcome) ?? '') ?? [];
    return task === undefined ? undefined : { advice: 'not-written', values: { task } };
}

function failing(advice: string, outcome: TrialOutcome, otherwise: string): Finding {
    return { advice, values: { error: errorIn(outcome) ?? otherwise } };
}

function errorIn({ witness, dir }: TrialOutcome): string | undefined {
    const error = lastError(witness.lines, dir);
    return error && errorText(error);
}

/**
 * Why the object is wrong though nothing struck the Actor.
 *
 * @param earlier What the shop of an earlier run sold.
 */
export function diagnoseUndisturbed({ result }: TrialOutcome, earlier: Counts = {}): Finding {
    const { counts, truth, verdict } = result;
    if (!counts) return { advice: 'no-object' };
    const strange = Object.keys(counts).filter((asin) => !(asin in truth));
    if (strange.length > 0) {
        const isEarlier = strange.some((asin) => asin in earlier);
        return { advice: isEarlier ? 'other-run' : 'unknown-asins', values: { asins: strange.slice(0, 3).join(', ') } };
    }
    const sold = Object.entries(truth).filter(([, offers]) => offers > 0);
    const oneTooLow = sold.filter(([asin, offers]) => (counts[asin] ?? 0) === offers - 1);
    if (oneTooLow.length > sold.length / 2) return { advice: 'starts-at-zero' };
    const values = Object.values(counts);
    const looksLikeAppearances = values.length > 0 && values.every((count) => count === 1 || count === 2);
    if (looksLikeAppearances) return { advice: 'counts-appearances' };
    return { advice: verdict.tracker.asins.over > 0 ? 'counts-too-many' : 'counts-too-few' };
}

/** Why the object did not survive what struck the Actor. */
export function diagnoseObject({ id, result, witness }: TrialOutcome): Finding {
    const { over, under, missing } = result.verdict.tracker.asins;
    if (over > 0) return { advice: 'counted-again' };
    const isCrash = specOf(id).plan.startsWith('crash');
    const last = result.run.incarnation;
    const saved = witness.records.filter(({ use, incarnation }) => use === 'write' && incarnation < last);
    // An empty object counts as saved, too, when nothing was to be saved before the process had to go.
    const withObject = saved.filter(({ asins, isLeaving }) => asins !== undefined && (asins > 0 || isLeaving));
    const inLast = witness.records.filter(({ incarnation }) => incarnation === last);
    const lost = overwritten(withObject, inLast);
    if (lost) return { advice: 'overwritten', values: { key: lost } };
    if (withObject.length === 0) {
        const files = result.leftOnDisk;
        if (files.length > 0) return { advice: 'local-file', values: { files: files.slice(0, 3).join(', ') } };
        return { advice: isCrash ? 'never-saved-crash' : 'never-saved' };
    }
    const { key } = withObject.at(-1)!;
    if (!inLast.some((record) => record.use === 'read' && record.key === key)) {
        return { advice: 'never-read', values: { key } };
    }
    if (under + missing === 0) return { advice: 'no-object' };
    return { advice: isCrash ? 'crash-between-saves' : 'saved-too-early' };
}

/**
 * The record that the last process wrote, with fewer ASINs than were in it, before it first read it. An empty object
 * there is wrong even if nothing had been counted yet when the process before saved.
 */
function overwritten(saved: readonly RecordUse[], inLast: readonly RecordUse[]): string | undefined {
    return inLast.find(({ use, key, asins }, i) => {
        const before = saved.findLast((record) => record.key === key)?.asins ?? 0;
        const wasRead = inLast.slice(0, i).some((record) => record.use === 'read' && record.key === key);
        const isReadLater = inLast.slice(i).some((record) => record.use === 'read' && record.key === key);
        return use === 'write' && ((asins ?? 0) < before || asins === 0) && !wasRead && isReadLater;
    })?.key;
}

/** Why rows are there twice, or not at all. */
export function diagnoseRows({ result, witness }: TrialOutcome): Finding {
    const { duplicates } = result.verdict.dataset;
    if (duplicates === 0) return { advice: 'rows-missing' };
    const pagesOfOffers = Object.keys(result.truth).length + result.verdict.pages.again;
    return { advice: witness.pushes > pagesOfOffers ? 'pushes-one-by-one' : 'rows-again' };
}
