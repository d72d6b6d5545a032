import chalk from 'chalk';

import { STEP_FAULTS, type StepFault } from '../trial/expected.js';
import { findStep, stepNumbers, STEPS, type TrialSubject } from '../trial/steps.js';
import { LastPage } from '../exercise/last-page.js';
import { openShop } from '../shop/index.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { SHOP_TRIGGER_FORMS } from '../trial/shop-plan.js';
import { type TrialSettings, trialOf, USUAL_PRODUCTS, WATCHABLE_LATENCY_MILLIS } from '../trial/settings.js';
import { UsageError } from '../base/usage-error.js';
import { randomPlan } from '../trial/random-plan.js';
import { readForkPoint } from '../mover/fork-point.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { API_TIMING_OPTIONS, readApiTiming } from '../mover/api-timing.js';
import { dataDirectory } from '../mover/cli/data-directory.js';
import { choose } from './choose.js';
import { colourDiff } from './diff-text.js';
import { nameOf, openSubject, trialHeading, WORKSPACE } from '../exercise/subject.js';
import { lesson } from '../trial/verdict-text.js';
import { page } from './pager.js';
import { verdictTable } from './verdict-table.js';
import { shown } from '../base/terminal/shown.js';
import { trialReport } from './trial-report.js';
import { heading, watchTrial } from './watch-trial.js';
import { reportFile } from '../base/writable-file.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';
import { printedJson } from '../base/terminal/printed-json.js';

const OPTIONS = {
    fault: { type: 'string' },
    at: { type: 'string' },
    times: { type: 'string' },
    plan: { type: 'string' },
    fork: { type: 'string' },
    seed: { type: 'string' },
    'no-reboot': { type: 'boolean' },
    'no-graceful-shutdown': { type: 'boolean' },
    grace: { type: 'string' },
    products: { type: 'string' },
    latency: { type: 'string' },
    'fail-every': { type: 'string' },
    hold: { type: 'string' },
    'persist-interval': { type: 'string' },
    ...API_TIMING_OPTIONS,
    data: { type: 'string' },
    json: { type: 'boolean' },
    html: { type: 'string' },
    verbose: { type: 'boolean' },
} as const;

const stepList = STEPS.map(({ number, title }) => `  ${number}  ${title}`).join('\n');

const HELP = `
npm run solution -- <step> [options]
npm run solution -- workspace [options]
npm run solution -- diff <step> <step>

Runs one step of the solution, or your own Actor in workspace/asin-tracker, on the local platform, strikes it, and
judges what is left; or shows what changes from one step to another.

Steps
${stepList}

Options
  --fault <fault>           none (default), ${STEP_FAULTS.join(', ')}
  --at <trigger>            when it strikes: ${SHOP_TRIGGER_FORMS},
                            or 'random' (drawn from --seed). Default: late, in the middle of a page.
  --plan <strikes>          several strikes instead, as <fault>:<trigger>,<fault>:<trigger>
  --fork <dir>@<index>      go on from that entry of a recorded run, as after a crash; its shop is the same
  --times <n>               strike n times, at the n-th such moment, the 2n-th, … (default 1)
  --seed <n>                seed of the shop and of random triggers (default 1)
  --no-reboot               the platform ignores the reboot that the SDK asks for when it hears 'migrating'
  --no-graceful-shutdown    the step opts out of the SDK's graceful shutdown: no reboot, and no exit by itself
  --grace <seconds>         from 'migrating' or 'aborting' to the kill (default: 10, for an abort 30)
  --products <n>            products in the shop (default 12)
  --latency <ms>            time that a page takes (default ${WATCHABLE_LATENCY_MILLIS})
  --fail-every <n>          every n-th request for a page fails once (default: none)
  --hold <seconds>          the last offers page takes so long
  --persist-interval <s>    between two persistState events (default: the SDK's 60)
  --read-lag <seconds>      a dataset shows a row only so long after its push (default 0)
  --api-latency <ms>        an API call is so long on its way, half of it there and half back (default 0)
  --data <folder>           where journal, storages and log go (default: a new folder in .actors-move)
  --json                    print the verdict for a program to read, and nothing else
  --verbose                 show calls, locks and what Crawlee says of itself as well
  --html <file>             write what happened as one page, to look at and to send on
`;

/** What to run, as the command line says it. */
interface Choice {
    step: TrialSubject;
    fault: StepFault | 'none';
}

const command: Command = {
    name: 'npm run solution',
    help: HELP,
    run: async (argv) => {
        if (argv[0] === 'diff') return showDiff(argv.slice(1));
        const { values, positionals } = parse(argv, OPTIONS, 'step');
        const { step, fault } = await choiceOf(positionals, values.fault);
        const settings = readSettings(values, fault);
        const fork = values.fork === undefined ? undefined : readForkPoint(values.fork);
        const trial = trialOf(settings, step, values.at === 'random' ? await randomPlanOf(settings) : undefined);
        const products = settings.products ?? USUAL_PRODUCTS;
        const hold = numberOption('hold', values.hold, { min: 0, max: 50, whole: false });
        const writeHtml = values.html === undefined ? undefined : reportFile(values.html);
        const dir = dataDirectory(values.data, nameOf(step));
        const output = values.json ? undefined : process.stdout;
        const opened = await openSubject(step, dir, settings.gracefulShutdown);
        if ('problem' in opened) {
            process.stderr.write(`${opened.problem}\n`);
            return 1;
        }
        output?.write(`${heading(step, fork ? `a crash at ${values.fork}` : (values.plan ?? fault))}\n`);
        const lastPage = hold === undefined ? undefined : new LastPage(hold * 1_000, products);
        const result = await watchTrial(
            { ...opened.subject, ...trial, dir, ...(lastPage && { beforePage: lastPage.beforePage }) },
            output,
            { ...(fork && { fork }), ...(values.verbose && { isVerbose: true }) },
        ).finally(() => {
            lastPage?.release();
            opened.close();
        });
        if (output) {
            const width = widthOf(output);
            const told = wrap(lesson(result), width).join('\n');
            output.write(`\n${verdictTable(result, width)}\n\n${chalk.bold(told)}\n`);
            output.write(`Journal, storages and log: ${shown(dir)}\n`);
        } else {
            const { trace: _, ...judged } = result;
            process.stdout.write(`${printedJson({ step: step.number, fault, plan: trial.plan, ...judged }, 4)}\n`);
        }
        writeHtml?.(trialReport(trialHeading(step, values.plan ?? fault), result));
        return result.verdict.ended === 'SUCCEEDED' ? 0 : 1;
    },
};

async function showDiff(numbers: string[]): Promise<number> {
    const [from, to] = numbers.map(findStep);
    if (!from || !to || numbers.length > 2) throw new UsageError('diff takes two steps, for example: diff 2 3.');
    const { stepDiff } = await import('../trial/step-diff.js');
    await page(colourDiff(await stepDiff(from, to)), process.stdout);
    return 0;
}

async function choiceOf(positionals: string[], fault: string | undefined): Promise<Choice> {
    const allowedFaults = ['none', ...STEP_FAULTS] as const;
    const knownFault = allowedFaults.find((allowed) => allowed === (fault ?? 'none'));
    if (!knownFault) throw new UsageError(`--fault takes ${allowedFaults.join(', ')}, not '${fault}'.`);
    const [wanted] = positionals;
    if (wanted === undefined) return askChoice(fault === undefined ? undefined : knownFault);
    return { step: wanted === WORKSPACE.number ? WORKSPACE : findStep(wanted), fault: knownFault };
}

async function askChoice(fault: StepFault | 'none' | undefined): Promise<Choice> {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
        throw new UsageError(`Name a step: ${stepNumbers()}, for example: npm run solution -- 0 --fault migrate.`);
    }
    const steps = STEPS.map((one) => ({ text: `${one.number}  ${one.title}`, value: one }));
    const step = await choose<TrialSubject>('Which step?', steps);
    // What happens to every Actor comes first.
    const faults = [...STEP_FAULTS, 'none'] as const;
    const asked =
        fault ??
        (await choose(
            'What strikes it?',
            faults.map((value) => ({ text: value, value })),
        ));
    return { step, fault: asked };
}

type Values = Partial<Record<keyof typeof OPTIONS, string | boolean>>;

/**
 * @throws UsageError for a value that can't be, and for options that exclude each other.
 */
function readSettings(values: Values, fault: StepFault | 'none'): TrialSettings {
    const number = (name: keyof typeof OPTIONS, range: { min: number; max: number; whole?: boolean }) =>
        numberOption(name, values[name] as string | undefined, range);
    const [at, plan] = [values.at, values.plan] as (string | undefined)[];
    if (plan !== undefined && (values.fault ?? at ?? values.times) !== undefined) {
        throw new UsageError('Give --plan, or --fault with --at and --times, not both.');
    }
    if (plan?.trim() === '') throw new UsageError('--plan names no strike: give crash:offers@3, for example.');
    if (at !== undefined && fault === 'none')
        throw new UsageError('--at says when a fault strikes: name a --fault too.');
    const settings = {
        at: at === 'random' ? undefined : at,
        times: number('times', { min: 1, max: 100 }),
        plan,
        seed: number('seed', { min: 0, max: 2 ** 32 - 1 }),
        products: number('products', { min: 1, max: 100_000 }),
        latencyMs: number('latency', { min: 0, max: 60_000 }),
        failEvery: number('fail-every', { min: 0, max: 1_000_000 }),
        grace: number('grace', { min: 0, max: 600, whole: false }),
        persistIntervalSecs: number('persist-interval', { min: 0.1, max: 3_600, whole: false }),
    };
    return {
        fault,
        ...readApiTiming(values as Record<string, string>),
        ...(values['no-reboot'] && { reboot: false }),
        ...(values['no-graceful-shutdown'] && { gracefulShutdown: false }),
        ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
    };
}

async function randomPlanOf({
    fault,
    times = 1,
    seed = 1,
    products = USUAL_PRODUCTS,
}: TrialSettings): Promise<FaultPlan> {
    if (fault === 'none') return [];
    const shop = await openShop({ seed, products });
    await shop.close();
    const { product, offers } = shop.pageCounts;
    return randomPlan({ seed, fault, times, pages: { product, offers } });
}

await runCommand(command);
