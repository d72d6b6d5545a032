import { availableParallelism } from 'node:os';

import { findStep, STEPS } from '../trial/steps.js';
import { firstOpenStage, openCheckProgress } from '../exercise/progress.js';
import { API_TIMING_OPTIONS, readApiTiming } from '../mover/api-timing.js';
import type { Fault } from '../faults/fault-plan.js';
import type { Shard } from '../faults/points.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import type { StepProof } from '../trial/report.js';
import { WORKSPACE } from '../exercise/subject.js';

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
    shard: { type: 'string' },
    'in-flight': { type: 'boolean' },
    'real-kills': { type: 'boolean' },
    merge: { type: 'boolean' },
} as const;

const PROOF_FAULTS = ['crash', 'migrate', 'abort'] as const satisfies readonly Fault[];

const HELP = `
npm run prove -- [step ...] [options]
npm run prove -- workspace [options]
npm run prove -- --merge <file ...> [options]

Lets a step go on from every state in which a crash can leave its run, each a trial that runs to its end and is judged:
such a state stands for all API calls, struck before they are applied or after, that leave the run in it. Other faults
need the living process, and strike it at each call. Without a step: the one that claims to be exact however it is struck. Exit code 1 when that claim does not hold. Your own Actor in workspace/asin-tracker claims
it once npm run check has passed all stages.

Options
  --fault <fault>    ${PROOF_FAULTS.join(', ')} (default crash)
  --sample <n>       only n of the states or calls, spread over the run
  --pairs <n>        n random plans of two to seven faults instead, of all three kinds
  --jobs <n>         trials at the same time (default: one more than there are processor cores)
  --products <n>     products in the shop (default 3)
  --seed <n>         seed of the shop, of --sample and of --pairs (default 1)
  --read-lag <secs>  a dataset shows a row only so long after its push (default 0)
  --api-latency <ms> an API call is so long on its way, half of it there and half back (default 0)
  --in-flight        also each combination of the calls in flight together that may have been applied, at an API latency
                     of 40 ms unless told otherwise
  --real-kills       instead of going on from states, run it anew for each call and kill it there: much slower
  --shard <n>/<m>    only the n-th of m parts, for several machines at once; print it with --json
  --merge            put the parts together that were printed with --json, instead of proving anything
  --json             print all trials for a program to read, and nothing else
  --html <file>      write the grid as one page
  --svg <file>       write the picture: each step as a strip of its states
`;

const command: Command = {
    name: 'npm run prove',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'step', Infinity);
        if (values.merge) return (await import('./merge-proofs.js')).mergeProofs(positionals, values);
        const steps = positionals.length > 0 ? positionals.map(findProven) : STEPS.filter((step) => step.isExactlyOnce);
        const fault = PROOF_FAULTS.find((known) => known === (values.fault ?? 'crash'));
        if (!fault) throw new UsageError(`--fault takes ${PROOF_FAULTS.join(', ')}, not '${values.fault}'.`);
        const products = numberOption('products', values.products, { min: 1, max: 1_000 }) ?? 3;
        const jobs = numberOption('jobs', values.jobs, { min: 1, max: 64 }) ?? availableParallelism() + 1;
        const size = numberOption('sample', values.sample, { min: 1, max: 1_000_000 });
        const pairs = numberOption('pairs', values.pairs, { min: 1, max: 1_000_000 });
        if (size !== undefined && pairs !== undefined) throw new UsageError('Give --sample or --pairs, not both.');
        const seed = numberOption('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }) ?? 1;

        const inFlight = values['in-flight'] ?? false;
        if (inFlight && (fault !== 'crash' || pairs !== undefined || values['real-kills'])) {
            throw new UsageError('--in-flight is about crashes: leave --fault, --pairs and --real-kills out.');
        }
        // Platform and shop are loaded only now.
        const { proveSteps } = await import('./prove-steps.js');
        return proveSteps({
            steps,
            fault,
            products,
            seed,
            jobs,
            sample: size,
            pairs,
            timing: { ...(inFlight && { apiLatencyMillis: 40 }), ...readApiTiming(values) },
            inFlight,
            byRealKills: values['real-kills'] ?? false,
            shard: readShard(values.shard),
            json: values.json ?? false,
            html: values.html,
            svg: values.svg,
        });
    },
};

/** @throws UsageError when it is no part, such as `2/4`. */
function readShard(text: string | undefined): Shard | undefined {
    if (text === undefined) return undefined;
    const [, number = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
    if (number < 1 || number > of) throw new UsageError(`--shard takes a part such as 2/4, not '${text}'.`);
    return { number, of };
}

/** A step by its number, or the learner's Actor, which claims to be exact once its check has passed all stages. */
function findProven(wanted: string): StepProof['step'] {
    if (wanted !== WORKSPACE.number) return findStep(wanted);
    const progress = openCheckProgress((message) => process.stderr.write(`${message}\n`)).read();
    return firstOpenStage(progress) === undefined ? { ...WORKSPACE, isExactlyOnce: true } : WORKSPACE;
}

await runCommand(command);
