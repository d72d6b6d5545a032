import type { TrialResult } from '../trial/trial.js';
import type { Verdict } from '../trial/verdict.js';
import { diagnoseObject, diagnoseRows, diagnoseRun, diagnoseUndisturbed } from './diagnose.js';
import type { Finding } from './finding.js';
import { judgeRhythm } from './rhythm.js';
import { repeatTrialCommand, specOf, type Stage, type TrialId } from './stages.js';
import type { TrialOutcome } from './trial-outcome.js';

/** What a stage makes of one trial. */
export interface TrialReport {
    trial: TrialId;
    moment: string;
    /** Where it was struck. */
    plan: string;
    isPassed: boolean;
    expected: string;
    came: string;
    /** Only where it is not passed. */
    finding?: Finding;
    /** Repeats just this trial. */
    repeat: string;
}

export interface StageResult {
    number: number;
    title: string;
    status: 'passed' | 'failed' | 'not tried';
    reports: TrialReport[];
}

type Judgement = Pick<TrialReport, 'expected' | 'came' | 'finding'>;

/** Judges a stage by its trials. One that was not run makes the stage not tried, unless another one failed. */
export function judgeStage(stage: Stage, outcomes: ReadonlyMap<TrialId, TrialOutcome>): StageResult {
    const { number, title, trials } = stage;
    const reports = trials.flatMap((id) => {
        const outcome = outcomes.get(id);
        return outcome ? [reportOn(stage, outcome, outcomes)] : [];
    });
    const isFailed = reports.some(({ isPassed }) => !isPassed);
    const isWhole = reports.length === trials.length;
    return { number, title, status: isFailed ? 'failed' : isWhole ? 'passed' : 'not tried', reports };
}

function reportOn(stage: Stage, outcome: TrialOutcome, outcomes: ReadonlyMap<TrialId, TrialOutcome>): TrialReport {
    const { id } = outcome;
    const { moment, plan } = specOf(id);
    const judgement = judge(stage, outcome, outcomes);
    return { trial: id, moment, plan, isPassed: !judgement.finding, ...judgement, repeat: repeatTrialCommand(id) };
}

function judge(stage: Stage, outcome: TrialOutcome, outcomes: ReadonlyMap<TrialId, TrialOutcome>): Judgement {
    const { verdict } = outcome.result;
    const judgement = stage.judges === 'rows' ? rows(verdict) : object(outcome.result);
    const problem = diagnoseRun(outcome);
    if (problem) return { ...judgement, came: endText(outcome), finding: problem };
    switch (stage.judges) {
        case 'log':
            return judgeRhythm(outcome);
        case 'undisturbed':
            if (verdict.tracker.status !== 'exact') {
                return { ...judgement, finding: diagnoseUndisturbed(outcome, outcomes.get('first')?.result.truth) };
            }
            if (verdict.dataset.status === 'exact') return judgement;
            return { ...rows(verdict), finding: { advice: 'rows-undisturbed' } };
        case 'object':
            return verdict.tracker.status === 'exact' ? judgement : { ...judgement, finding: diagnoseObject(outcome) };
        case 'rows':
            return verdict.dataset.status === 'exact' ? judgement : { ...judgement, finding: diagnoseRows(outcome) };
        default:
            return stage.judges satisfies never;
    }
}

function endText({ ended, result }: TrialOutcome): string {
    return ended ? 'a run that had to be ended' : `a run that ended as ${result.verdict.ended}`;
}

function object({ verdict: { tracker }, truth }: TrialResult): Judgement {
    const { exact, under, over, missing } = tracker.asins;
    const wrong = [missing && `${missing} missing`, under && `${under} too low`, over && `${over} too high`];
    return {
        expected: `${tracker.truth} offers counted, all of ${asinsText(Object.keys(truth).length)} exact`,
        came: [`${tracker.counted} offers counted, ${asinsText(exact)} exact`, ...wrong.filter(Boolean)].join(', '),
    };
}

function asinsText(count: number): string {
    return count === 1 ? '1 ASIN' : `${count} ASINs`;
}

function rows({ dataset }: Verdict): Judgement {
    const { rows: count, truth, duplicates, missing } = dataset;
    return {
        expected: `${truth} rows, one for each offer`,
        came: `${count} rows, ${duplicates} too many, ${missing} missing`,
    };
}
