import type { Comparison } from '../comparison.js';
import { describeAll } from '../difference-text.js';
import type { Moved } from '../move.js';
import type { ActorProof } from '../prove-actor.js';
import { planText, struckText } from '../strike-text.js';
import { formatPlan } from '../../faults/fault-plan.js';
import { repeatCommand } from './repeat-command.js';
import type { RunRequest } from './run-options.js';

/** A run as `--json` prints it: figures, not the rows themselves, which stand in the exported files. */
export function movedJson(actor: string, moved: Moved): Record<string, unknown> {
    return { actor, ...figures(moved) };
}

export function comparisonJson(actor: string, { undisturbed, struck }: Comparison): Record<string, unknown> {
    return {
        actor,
        same: struck.every(({ judgement }) => judgement === 'same'),
        undisturbed: figures(undisturbed),
        struck: struck.map(({ moved, plan, judgement, differences }) => ({
            plan: formatPlan(plan),
            judgement,
            sentences: describeAll(differences),
            differences,
            ...figures(moved),
        })),
    };
}

export function proofJson(
    request: RunRequest,
    { undisturbed, trials, wallMillis }: ActorProof,
): Record<string, unknown> {
    const same = trials.filter(({ outcome }) => outcome === 'same').length;
    return {
        actor: request.actor.name,
        fault: request.fault,
        points: trials.length,
        same,
        wallMillis,
        undisturbed: figures(undisturbed),
        trials: trials.map(({ point, outcome, replay: _, ...rest }) => ({
            at: point.label,
            judgement: outcome,
            sentences: describeAll(rest.differences),
            ...rest,
            repeat: repeatCommand(request, formatPlan(point.plan)),
        })),
    };
}

function figures({ leftovers, run, struck, missed, calls, wallMillis, dir, exported }: Moved): Record<string, unknown> {
    const { datasets, records, ...rest } = leftovers;
    return {
        ...rest,
        rows: Object.fromEntries(Object.entries(datasets).map(([name, rows]) => [name, rows.length])),
        records,
        runId: run.id,
        processes: run.incarnation,
        calls: calls.length,
        strikes: struck.map(struckText),
        missed: missed.map(planText),
        wallMillis,
        dir,
        storages: exported?.dir,
    };
}
