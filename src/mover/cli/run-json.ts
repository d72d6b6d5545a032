import type { Comparison } from '../comparison.js';
import type { ComparisonFinding } from '../finding.js';
import type { Leftovers } from '../leftovers.js';
import type { Moved } from '../move.js';
import type { RecordContent } from '../record-content.js';
import type { ActorProof } from '../prove-actor.js';
import { apiFaultText, planText, struckText } from '../strike-text.js';
import { formatPlan } from '../../faults/fault-plan.js';
import { repeatCommand } from './repeat-command.js';
import type { RunRequest } from './run-options.js';

/** A run as `--json` prints it: figures, not the rows themselves, which stand in the exported files. */
export function movedJson(actor: string, moved: Moved): Record<string, unknown> {
    return { actor, ...figures(moved) };
}

export function comparisonJson(actor: string, { undisturbed, noise, struck }: Comparison): Record<string, unknown> {
    return {
        actor,
        same: struck.length === 0 ? noise.findings.length === 0 : struck.every(({ judgement }) => judgement === 'same'),
        undisturbed: undisturbed.map(figures),
        noise: noise.findings,
        struck: struck.map(({ moved, plan, judgement, findings, notCompared }) => ({
            plan: formatPlan(plan),
            judgement,
            ...findingsJson(findings),
            notCompared,
            ...figures(moved),
        })),
    };
}

export function proofJson(
    request: RunRequest,
    { undisturbed, noise, trials, unmet, points, wallMillis }: ActorProof,
): Record<string, unknown> {
    const same = trials.filter(({ outcome }) => outcome === 'same').length;
    return {
        actor: request.actor.name,
        fault: request.fault,
        points,
        tried: trials.length,
        same,
        unmet,
        wallMillis,
        undisturbed: figures(undisturbed),
        noise: noise.findings,
        trials: trials.map(({ point, outcome, findings, replay: _, ...rest }) => ({
            at: point.label,
            judgement: outcome,
            ...findingsJson(findings),
            ...rest,
            repeat: repeatCommand(request, point, undisturbed.dir),
        })),
    };
}

function findingsJson(findings: readonly ComparisonFinding[]): Record<string, unknown> {
    return {
        sentences: findings.map(({ sentence }) => sentence),
        differences: findings.map(({ difference, since, around }) => ({ ...difference, since, around })),
    };
}

/** Characters of a JSON record that are printed; of a longer one, and of a file, only how long it is. */
const MAX_RECORD_LENGTH = 10_000;

function figures(moved: Moved): Record<string, unknown> {
    const { leftovers, run, struck, missed, calls, wallMillis, dir, exported, notExported } = moved;
    return {
        ...leftoversJson(leftovers),
        processes: run.incarnation,
        calls: calls.length,
        strikes: struck.map(struckText),
        missed: missed.map(planText),
        apiFaults: moved.apiFaults.map((one) => ({
            fault: one.fault,
            met: one.calls.length,
            sentence: apiFaultText(one, moved),
        })),
        notes: moved.notes,
        wallMillis,
        dir,
        storages: exported?.dir,
        notExported,
    };
}

function leftoversJson(leftovers: Leftovers): Record<string, unknown> {
    const { runId, ended, exitCode, datasets, records, answers, requests, charges, webhooks, started } = leftovers;
    const mapped = <From, To>(
        fields: Readonly<Record<string, From>>,
        change: (field: From) => To,
    ): Record<string, To> => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(field)]));
    return {
        runId,
        ended,
        exitCode,
        rows: mapped(datasets, ({ length }) => length),
        records: mapped(records, recordJson),
        answers: mapped(answers, recordJson),
        requests: mapped(requests, ({ total, handled }) => ({ total, handled })),
        charges,
        webhooks,
        started: mapped(started, (runs) => runs.map(leftoversJson)),
    };
}

function recordJson(record: RecordContent): Record<string, unknown> {
    if ('sha256' in record) return { contentType: record.contentType, bytes: record.bytes, sha256: record.sha256 };
    const { length } = JSON.stringify(record.value) ?? '';
    return length > MAX_RECORD_LENGTH ? { contentType: record.contentType, length } : { ...record };
}
