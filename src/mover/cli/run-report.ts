import { planLine, planText } from '../strike-text.js';
import type { ComparedRun, Comparison } from '../comparison.js';
import { describeAll } from '../difference-text.js';
import { readInputSchema, secretFieldsOf } from '../input-schema.js';
import type { Moved } from '../move.js';
import type { ActorProof } from '../prove-actor.js';
import { makeReport, type RunReport } from './reporter.js';
import type { RunRequest } from './run-options.js';
import { JUDGEMENT_LOOK, movedFigures } from './run-text.js';

type Line = RunReport['verdict']['lines'][number];

/** A page of one run. */
export async function movedReport(request: RunRequest, moved: Moved): Promise<string> {
    const { ended } = moved.leftovers;
    const title = `${request.actor.name}, ${planLine(request.planOf([], 1, 0))}`;
    return makeReport({
        ...(await commonOf(request)),
        title,
        verdict: { isWell: ended === 'SUCCEEDED', sentence: `The run ended as ${ended}.`, lines: linesOf(moved) },
        runs: [{ label: title, trace: moved.trace }],
    });
}

/** A page of an undisturbed run and of those that were struck, each beside it. */
export async function comparisonReport(request: RunRequest, { undisturbed, struck }: Comparison): Promise<string> {
    const wrong = struck.filter(({ judgement }) => judgement !== 'same');
    const share = struck.length > 1 ? ` ${wrong.length} of ${struck.length} runs differ.` : '';
    const labelOf = ({ plan }: ComparedRun, i: number): string =>
        `Struck${struck.length > 1 ? ` ${i + 1}` : ''}: ${plan.map(planText).join(', ') || 'API faults'}`;
    // What differs is what somebody opens the page for.
    const runs = struck.map((run, i) => ({ run, label: labelOf(run, i), trace: run.moved.trace }));
    const ordered = runs.toSorted((a, b) => Number(a.run.judgement === 'same') - Number(b.run.judgement === 'same'));
    return makeReport({
        ...(await commonOf(request)),
        title: `${request.actor.name}, compared with an undisturbed run`,
        verdict: {
            isWell: wrong.length === 0,
            sentence: `Struck, it ${wrong.length === 0 ? 'leaves the same' : 'does not leave the same'}.${share}`,
            lines: struck.map((run, i): Line => ({
                name: labelOf(run, i),
                isWell: run.judgement === 'same',
                status: run.judgement,
                details: describeAll(run.differences).join(' '),
            })),
        },
        runs: ordered.map(({ label, trace }) => ({ label, trace })),
        undisturbed: { label: 'Undisturbed', trace: undisturbed[0].trace },
    });
}

/** A page with the map of a proof. */
export async function actorProofReport(request: RunRequest, { trials, undisturbed }: ActorProof): Promise<string> {
    const wrong = trials.filter(({ outcome }) => outcome !== 'same');
    return makeReport({
        ...(await commonOf(request)),
        title: `${request.actor.name}, ${request.fault} at every API call`,
        verdict: {
            isWell: wrong.length === 0,
            sentence: `${trials.length - wrong.length} of ${trials.length} leave the same as undisturbed.`,
            lines: wrong.slice(0, MAX_LISTED).map(({ point, outcome, findings }) => ({
                name: point.label,
                isWell: false,
                status: outcome,
                details: findings.map(({ sentence }) => sentence).join(' '),
            })),
        },
        runs: [],
        undisturbed: { label: 'Undisturbed', trace: undisturbed.trace },
        cells: trials.map(({ point, outcome, replay }) => ({
            label: point.label,
            outcome,
            sign: JUDGEMENT_LOOK[outcome].sign,
            isWell: outcome === 'same',
            ...replay,
        })),
    });
}

const MAX_LISTED = 20;

async function commonOf({
    actor,
    rules,
    htmlInput,
}: RunRequest): Promise<Pick<RunReport, 'cells' | 'ignore' | 'secretFields' | 'withInput'>> {
    const schema = await readInputSchema(actor.cwd);
    return {
        ignore: rules.ignore ?? [],
        secretFields: schema ? secretFieldsOf(schema) : [],
        cells: [],
        withInput: htmlInput,
    };
}

function linesOf(moved: Moved): Line[] {
    return movedFigures(moved).map(([name, details]) => ({ name, status: '', details }));
}
