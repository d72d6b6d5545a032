import { type EncodedTrace, encodeTrace, type ReportedCell, reportHtml } from '../replay/report.js';
import type { Trace } from '../trace/trace.js';
import { shortPath } from '../base/short-path.js';
import { subjectTitle } from '../exercise/subject.js';
import type { ProofTrial } from '../trial/prove.js';
import { repeatPointCommand, mapCell, type StepProof } from '../trial/report.js';

/** Recordings of a proof's trials, for its page. */
export class KeptTraces {
    readonly #kept = new Map<ProofTrial, { trace: EncodedTrace; strikeIndex: number }>();

    /** Keeps no more of it than the page needs: a proof has hundreds of trials. */
    readonly add = (trial: ProofTrial, trace: Trace, strikeIndex: number): void => {
        this.#kept.set(trial, { trace: encodeTrace(trace), strikeIndex });
    };

    of(trial: ProofTrial): { trace: EncodedTrace; strikeIndex: number } | undefined {
        return this.#kept.get(trial);
    }
}

/** Proofs as one page: the map of their states, each of which opens the run that went on from it. */
export function proofReport(proofs: readonly StepProof[], traces = new KeptTraces()): string {
    const isWell = proofs.every(({ proof: { summary } }) => summary.outcomes.exact === summary.points);
    return reportHtml({
        title: `Proof: ${proofs.map(({ step, fault }) => `${subjectTitle(step)}, ${fault}`).join('; ')}`,
        verdict: {
            isWell,
            sentence: isWell ? 'Exact from every state.' : 'Not exact from every state.',
            lines: proofs.map(({ step, proof: { summary, calls } }) => ({
                name: subjectTitle(step),
                isWell: summary.outcomes.exact === summary.points,
                status: `${summary.outcomes.exact} of ${summary.points} exact`,
                details: `${calls} API calls undisturbed, ${summary.duplicates} rows too many, ${summary.pagesAgain} pages fetched again`,
            })),
        },
        cells: proofs.flatMap((stepProof) =>
            stepProof.proof.trials.map((trial): ReportedCell => ({
                group: subjectTitle(stepProof.step),
                ...mapCell(trial),
                // Of what is exact, nothing is kept to go on from.
                ...(trial.outcome !== 'exact' && {
                    repeat: repeatPointCommand(stepProof, trial.point, shortPath(stepProof.dir)),
                }),
                ...traces.of(trial),
            })),
        ),
    });
}
