import { rmSync } from 'node:fs';

import chalk from 'chalk';

import type { Shard } from '../faults/points.js';
import { reportFile } from '../base/writable-file.js';
import { shortPath } from '../base/short-path.js';
import { dataDirectory } from '../mover/cli/data-directory.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { NothingToProveError, type ProofOptions, prove, type ProofTrial } from '../trial/prove.js';
import { repeatPointCommand, stripsSvg, type StepProof } from '../trial/report.js';
import { KeptTraces, proofReport } from './proof-report.js';
import { legend, proofView, summaryLine } from './proof-view.js';
import { nameOf, openSubject, type OpenedSubject, subjectTitle } from '../exercise/subject.js';
import { printedJson } from '../base/terminal/printed-json.js';

/** What to prove, and how to show it. */
export interface ProveOptions extends Omit<Proving, 'step' | 'dir'> {
    steps: readonly StepProof['step'][];
    /** Trials at the same time. */
    jobs: number;
    /** See `PointChoice`. */
    sample: number | undefined;
    pairs: number | undefined;
    shard: Shard | undefined;
    inFlight: boolean;
    byRealKills: boolean;
    /** Prints all trials for a program to read, and nothing else. */
    json: boolean;
    /** Files to write. */
    html: string | undefined;
    svg: string | undefined;
}

/** How many failing trials are listed with the commands that repeat them. */
const MAX_LISTED = 3;

/**
 * Proves one step after the other; returns the exit code.
 *
 * @throws StoppedError after Ctrl-C.
 */
export async function proveSteps(options: ProveOptions): Promise<number> {
    const { steps, fault, products, seed, timing, jobs, sample, pairs, shard, inFlight, byRealKills, json, html, svg } =
        options;
    const writeHtml = html === undefined ? undefined : reportFile(html);
    const writeSvg = svg === undefined ? undefined : reportFile(svg);
    const stop = listenForStop();
    if (!json) process.stdout.write(`${legend()}\n`);
    const proofs: StepProof[] = [];
    const traces = new KeptTraces();
    for (const step of steps) {
        const opened = await openSubject(step, process.cwd());
        if ('problem' in opened) return notProven(opened.problem);
        const dir = dataDirectory(undefined, `prove-${nameOf(step)}`);
        try {
            const proving = { step, fault, products, seed, timing, dir };
            const extent = {
                ...opened.subject,
                jobs,
                inFlight,
                byRealKills,
                signal: stop.signal,
                ...(sample && { sample }),
                ...(pairs && { pairs }),
                ...(shard && { shard }),
                ...(html !== undefined && { onTrace: traces.add }),
            };
            proofs.push(await proveStep(proving, extent, json ? undefined : process.stdout));
        } catch (error) {
            // Of the steps, a test shows that it can't be.
            if (!(error instanceof NothingToProveError)) throw error;
            return notProven(error.message);
        } finally {
            opened.close();
            // Kept for the commands that repeat what failed, and only for them.
            const isNeeded = proofs.some((proof) => proof.dir === dir && failing(proof.proof.trials).length > 0);
            if (!isNeeded) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
        }
        stop.throwIfStopped();
    }
    if (json) process.stdout.write(`${printedJson(proofs.map(forPrograms), 4)}\n`);
    writeHtml?.(proofReport(proofs, traces));
    writeSvg?.(stripsSvg(proofs));
    return proofs.every(holds) ? 0 : 1;
}

type Proving = Omit<StepProof, 'proof'>;
type Extent = OpenedSubject['subject'] &
    Pick<ProofOptions, 'jobs' | 'sample' | 'pairs' | 'shard' | 'inFlight' | 'byRealKills' | 'onTrace'> & {
        signal: AbortSignal;
    };

function notProven(why: string): number {
    process.stderr.write(`${why}\n`);
    return 1;
}

async function proveStep(subject: Proving, extent: Extent, output: NodeJS.WriteStream | undefined): Promise<StepProof> {
    const { step, fault, products, seed, timing, dir } = subject;
    const view = output && proofView(output);
    const what = extent.pairs === undefined ? fault : 'several faults';
    output?.write(`\n${chalk.bold(`${subjectTitle(step)}, ${what}`)}\n`);
    const proof = await prove({
        ...extent,
        timing,
        fault,
        seed,
        dir,
        shop: { seed, products },
        ...(view && { onPoints: (points) => view.begin(points), onTrial: (trial) => view.add(trial) }),
    });
    view?.end();
    const stepProof = { ...subject, proof };
    output?.write(`  ${summaryLine(proof)}\n`);
    for (const { point, outcome } of failing(proof.trials).slice(0, MAX_LISTED)) {
        output?.write(
            `  ${outcome} at ${point.label}. Again, alone:\n    ${repeatPointCommand(subject, point, shortPath(dir))}\n`,
        );
    }
    if (!holds(stepProof))
        output?.write(chalk.red(`  ${subjectTitle(step)} claims to be exact at every point. It is not.\n`));
    return stepProof;
}

function failing(trials: readonly ProofTrial[]): ProofTrial[] {
    return trials.filter(({ outcome }) => outcome !== 'exact');
}

/** Whether a step keeps its word. The others claim nothing. */
function holds({ step, proof }: StepProof): boolean {
    return step.isExactlyOnce !== true || failing(proof.trials).length === 0;
}

function forPrograms(stepProof: StepProof): Record<string, unknown> {
    const { step, fault, proof } = stepProof;
    return {
        step: step.number,
        fault,
        products: stepProof.products,
        seed: stepProof.seed,
        timing: stepProof.timing,
        calls: proof.calls,
        points: proof.points,
        wallMillis: proof.wallMillis,
        summary: proof.summary,
        trials: proof.trials.map((trial) => ({
            ...trial,
            repeat: repeatPointCommand(stepProof, trial.point, stepProof.dir),
        })),
    };
}
