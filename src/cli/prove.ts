import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

import chalk from 'chalk';

import { findStep, STEPS } from '../trial/steps.js';
import { firstOpenStage, openCheckProgress } from '../exercise/progress.js';
import {
    NothingToProveError,
    proofHtml,
    prove,
    type ProofTrial,
    repeatCommand,
    shareSvg,
    type StepProof,
} from '../trial/index.js';
import { API_TIMING_OPTIONS, readApiTiming } from '../mover/api-timing.js';
import type { Fault } from '../faults/fault-plan.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { legend, proofView, summaryLine } from './proof-view.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { openSubject, type OpenedSubject, titleOf, WORKSPACE } from './subject.js';

const OPTIONS = {
    fault: { type: 'string' },
    sample: { type: 'string' },
    pairs: { type: 'string' },
    jobs: { type: 'string' },
    products: { type: 'string' },
    seed: { type: 'string' },
    ...API_TIMING_OPTIONS,
    json: { type: 'boolean' },
    html: { type: 'string' },
    svg: { type: 'string' },
} as const;

const PROOF_FAULTS = ['crash', 'migrate', 'abort'] as const satisfies readonly Fault[];
/** How many failing trials are listed with the commands that repeat them. */
const MAX_LISTED = 3;

const HELP = `
npm run prove -- [step ...] [options]
npm run prove -- workspace [options]

Strikes a step at every single API call of its run: once before the call is applied, and once when it is applied and
not answered. Each is a trial of its own that runs to its end and is judged. Without a step: the one that claims to be
exact however it is struck. Exit code 1 when that claim does not hold. Your own Actor in workspace/asin-tracker claims
it once npm run check has passed all stages.

Options
  --fault <fault>    ${PROOF_FAULTS.join(', ')} (default crash)
  --sample <n>       only n of the crash points, spread over the run
  --pairs <n>        n random plans of two to seven faults instead, of all three kinds
  --jobs <n>         trials at the same time (default: one more than there are processor cores)
  --products <n>     products in the shop (default 3)
  --seed <n>         seed of the shop, of --sample and of --pairs (default 1)
  --read-lag <secs>  a dataset shows a row only so long after its push (default 0)
  --api-latency <ms> an API call is so long on its way, half of it there and half back (default 0)
  --json             print all trials for a program to read, and nothing else
  --html <file>      write the grid as one page
  --svg <file>       write the picture 'share of crash points exact, by step'
`;

const command: Command = {
    name: 'npm run prove',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'step', Infinity);
        const steps = positionals.length > 0 ? positionals.map(findProven) : STEPS.filter((step) => step.isExactlyOnce);
        const fault = PROOF_FAULTS.find((known) => known === (values.fault ?? 'crash'));
        if (!fault) throw new UsageError(`--fault takes ${PROOF_FAULTS.join(', ')}, not '${values.fault}'.`);
        const products = numberOption('products', values.products, { min: 1, max: 1_000 }) ?? 3;
        const jobs = numberOption('jobs', values.jobs, { min: 1, max: 64 }) ?? availableParallelism() + 1;
        const size = numberOption('sample', values.sample, { min: 1, max: 1_000_000 });
        const pairs = numberOption('pairs', values.pairs, { min: 1, max: 1_000_000 });
        if (size !== undefined && pairs !== undefined) throw new UsageError('Give --sample or --pairs, not both.');
        const seed = numberOption('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }) ?? 1;

        const timing = readApiTiming(values);

        const stop = listenForStop();
        if (!values.json) process.stdout.write(`${legend()}\n`);
        const proofs: StepProof[] = [];
        for (const step of steps) {
            const opened = await openSubject(step, process.cwd());
            if ('problem' in opened) return notProven(opened.problem);
            try {
                proofs.push(
                    await proveStep(
                        { step, fault, products, seed, timing },
                        {
                            ...opened.subject,
                            jobs,
                            signal: stop.signal,
                            ...(size && { sample: size }),
                            ...(pairs && { pairs }),
                        },
                        values.json ? undefined : process.stdout,
                    ),
                );
            } catch (error) {
                // Of the steps, a test shows that it can't be.
                if (!(error instanceof NothingToProveError)) throw error;
                return notProven(error.message);
            } finally {
                opened.close();
            }
            stop.throwIfStopped();
        }
        if (values.json) process.stdout.write(`${JSON.stringify(proofs.map(forPrograms), null, 4)}\n`);
        if (values.html !== undefined) await writeFile(values.html, proofHtml(proofs));
        if (values.svg !== undefined) await writeFile(values.svg, shareSvg(proofs));
        return proofs.every(holds) ? 0 : 1;
    },
};

type Proving = Omit<StepProof, 'proof'>;
type Extent = OpenedSubject['subject'] & { jobs: number; signal: AbortSignal; sample?: number; pairs?: number };

/** A step by its number, or the learner's Actor, which claims to be exact once its check has passed all stages. */
function findProven(wanted: string): StepProof['step'] {
    if (wanted !== WORKSPACE.number) return findStep(wanted);
    const progress = openCheckProgress((message) => process.stderr.write(`${message}\n`)).read();
    return firstOpenStage(progress) === undefined ? { ...WORKSPACE, isExactlyOnce: true } : WORKSPACE;
}

function notProven(why: string): number {
    process.stderr.write(`${why}\n`);
    return 1;
}

async function proveStep(subject: Proving, extent: Extent, output: NodeJS.WriteStream | undefined): Promise<StepProof> {
    const { step, fault, products, seed, timing } = subject;
    const view = output && proofView(output);
    const what = extent.pairs === undefined ? fault : 'several faults';
    output?.write(`\n${chalk.bold(`${titleOf(step)}, ${what}`)}\n`);
    const proof = await prove({
        ...extent,
        timing,
        fault,
        seed,
        shop: { seed, products },
        ...(view && { onPoints: (points) => view.begin(points), onTrial: (trial) => view.add(trial) }),
    });
    view?.end();
    const stepProof = { ...subject, proof };
    output?.write(`  ${summaryLine(proof.summary, proof.wallMillis)}\n`);
    for (const { point, outcome } of failing(proof.trials).slice(0, MAX_LISTED)) {
        output?.write(`  ${outcome} at ${point.label}. Again, alone:\n    ${repeatCommand(subject, point)}\n`);
    }
    if (!holds(stepProof))
        output?.write(chalk.red(`  ${titleOf(step)} claims to be exact at every point. It is not.\n`));
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
        calls: proof.calls,
        wallMillis: proof.wallMillis,
        summary: proof.summary,
        trials: proof.trials.map((trial) => ({ ...trial, repeat: repeatCommand(stepProof, trial.point) })),
    };
}

await runCommand(command);
