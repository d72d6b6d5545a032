import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import chalk from 'chalk';

import { baselineOf, compareRuns, judged } from '../comparison.js';
import type { ForkPoint } from '../fork-point.js';
import { type FoundInput, readActorInput } from '../input.js';
import { type JunitCase, junitXml } from '../junit.js';
import { move, type Moved, movedIn } from '../move.js';
import { type ActorProof, proveActor } from '../prove-actor.js';
import { planLine, unmetText } from '../strike-text.js';
import { casesOfComparison, casesOfNoise, casesOfProof, casesOfRun } from '../test-cases.js';
import { withItsAliases } from '../undeclared-aliases.js';
import { UndisturbedError } from '../undisturbed-error.js';
import type { FaultPlan } from '../../faults/fault-plan.js';
import type { TraceEntry } from '../../trace/recorded.js';
import { type Command, runCommand } from '../../base/terminal/command.js';
import { cpSync } from 'node:fs';
import { inTemporaryFolder } from '../../base/temporary-folder.js';
import { dataDirectory } from './data-directory.js';
import { filesProgress } from './files-progress.js';
import { legendOf, proofGrid } from './proof-grid.js';
import { comparisonReport, movedReport, actorProofReport } from './run-report.js';
import { RUN_HELP } from './run-help.js';
import { readRunRequest, type RunRequest } from './run-options.js';
import { comparisonJson, movedJson, proofJson } from './run-json.js';
import { showComparison, showProof } from './run-show.js';
import { findingText, JUDGEMENT_LOOK, movedTable, whereText } from './run-text.js';
import { shortPath } from '../../base/short-path.js';
import { reportFile } from '../../base/writable-file.js';
import { listenForStop, type StopSignal } from '../../base/terminal/stop-signal.js';
import { Timeline } from './timeline.js';
import { widthOf, wrap } from '../../base/terminal/wrap.js';
import { printedJson } from '../../base/terminal/printed-json.js';

/** What every kind of run needs. */
interface Session {
    request: RunRequest;
    input: FoundInput;
    /** Where data goes. */
    dir: string;
    stop: StopSignal;
    /** Writes the page; undefined unless one is wanted. */
    writeHtml: ((text: string) => void) | undefined;
    /** Writes the cases for a CI, if they are wanted. */
    writeJunit: (cases: JunitCase[]) => void;
    /** Undefined where only JSON is printed. */
    output: NodeJS.WriteStream | undefined;
}

/** To compare so many rows may take some seconds. */
const MANY_ROWS = 100_000;

const command: Command = {
    name: 'npm run move',
    help: RUN_HELP,
    run: async (argv) => {
        const request = await readRunRequest(argv, process.cwd());
        const input = await readActorInput(request.actor.cwd, request.inputFile, process.stdin);
        const writeHtml = request.html === undefined ? undefined : reportFile(request.html);
        const writeXml = request.junit === undefined ? undefined : reportFile(request.junit);
        // A proof keeps data only for the commands that repeat what differs.
        const isKept = request.mode.kind !== 'prove' || request.data !== undefined;
        const dir = isKept ? dataDirectory(request.data, request.actor.name) : undefined;
        const stop = listenForStop();
        const session = {
            request,
            input,
            dir: dir ?? '',
            stop,
            writeHtml,
            writeJunit: (cases: JunitCase[]) => writeXml?.(junitXml(request.actor.name, cases)),
            output: request.json ? undefined : process.stdout,
        };
        session.output?.write(chalk.dim(`Input: ${shortPath(input.source)}\n`));
        for (const name of request.missing) {
            process.stderr.write(`${name} is not set: .actor/actor.json names a secret for it. Give --env ${name}=…\n`);
        }
        try {
            switch (request.mode.kind) {
                case 'run':
                    return await runOnce(session);
                case 'compare':
                    return await runCompared(session, request.mode);
                case 'prove':
                    return await runProof(session, dir, request.mode);
                default:
                    return request.mode satisfies never;
            }
        } catch (error) {
            if (!(error instanceof UndisturbedError)) throw error;
            process.stderr.write(`${error.message}\n`);
            session.writeJunit([{ name: 'undisturbed', seconds: 0, failure: error.message }]);
            return 1;
        } finally {
            stop.off();
        }
    },
};

async function runOnce({ request, input, dir, stop, output, writeHtml, writeJunit }: Session): Promise<number> {
    const plan = request.planOf([], 1, 0);
    const { actors, tasks, apiFaults, run, fork, exports } = request;
    const { moved } = await withItsAliases(request.actor, async (actor, attempt) => {
        const timeline = startTimeline(output, request, plan);
        const onEntry = timeline?.show;
        return move({
            ...run,
            actor,
            actors,
            tasks,
            apiFaults,
            plan,
            dir: attempt === 0 ? dir : join(dir, `aliases-${attempt}`),
            ...(fork && { fork }),
            input: input.input,
            signal: stop.signal,
            exports,
            onExported: filesProgress(process.stderr),
            ...(onEntry && { onEntry }),
        }).finally(() => timeline?.end());
    });
    endIfStopped(stop, dir);
    output?.write(`\n${movedTable(moved, widthOf(output))}\n${whereText(moved)}`);
    if (!output) process.stdout.write(`${printedJson(movedJson(request.actor.name, moved), 4)}\n`);
    writeHtml?.(await movedReport(request, moved));
    writeJunit(casesOfRun(moved));
    const isMissed = plan.length > 0 && moved.missed.length === plan.length;
    const untried = isMissed ? 'Nothing struck the run, so nothing was tried: strike earlier.' : unmetText([moved]);
    if (untried !== undefined) {
        process.stderr.write(`${untried}\n`);
        return 1;
    }
    if (fork && output) return showFork(fork, moved, request, output);
    return moved.leftovers.ended === 'SUCCEEDED' ? 0 : 1;
}

/** Compares what a fork has left with what the run that it goes on from left. */
function showFork(fork: ForkPoint, moved: Moved, { rules }: RunRequest, output: NodeJS.WriteStream): number {
    const recorded = { ...movedIn(fork.trace), dir: '', exported: undefined };
    const { findings, judgement } = judged(baselineOf([recorded], rules), moved);
    const heading = judgement === 'same' ? 'It leaves the same.' : 'It does not leave the same.';
    output.write(`\n${JUDGEMENT_LOOK[judgement].paint(heading)}\n`);
    for (const finding of findings) output.write(`${findingText(finding, widthOf(output))}\n`);
    return judgement === 'same' ? 0 : 1;
}

async function runCompared(
    { request, input, dir, stop, output, writeHtml, writeJunit }: Session,
    { runs, undisturbed }: { runs: number; undisturbed: number },
): Promise<number> {
    const { actor, actors, tasks, apiFaults, planOf, rules, run, exports } = request;
    let timeline: Timeline | undefined;
    const onRun = (_n: number, plan: FaultPlan): ((entry: TraceEntry) => void) | undefined => {
        timeline?.end();
        timeline = startTimeline(output, request, plan);
        return timeline?.show;
    };
    const comparison = await compareRuns({
        ...run,
        rules,
        actor,
        actors,
        tasks,
        apiFaults,
        planOf,
        runs,
        undisturbed,
        dir,
        input: input.input,
        signal: stop.signal,
        exports,
        onExported: filesProgress(process.stderr),
        onRun,
        onComparing: (rows) => {
            if (rows >= MANY_ROWS) output?.write(chalk.dim(`\nComparing ${rows} rows.\n`));
        },
    }).finally(() => timeline?.end());
    endIfStopped(stop, dir);
    if (output) showComparison(comparison, output);
    else process.stdout.write(`${printedJson(comparisonJson(actor.name, comparison), 4)}\n`);
    const { noise, struck } = comparison;
    writeHtml?.(await comparisonReport(request, comparison));
    writeJunit(runs === 0 ? casesOfNoise(comparison.undisturbed, noise) : casesOfComparison(struck));
    if (runs === 0) return noise.findings.length === 0 ? 0 : 1;
    const isStruck = struck.every(({ moved }) => moved.struck.length > 0) || apiFaults.length > 0;
    const untried = isStruck
        ? unmetText(struck.map(({ moved }) => moved))
        : 'Nothing struck a run, so nothing was tried: strike earlier.';
    if (untried !== undefined) process.stderr.write(`${untried}\n`);
    return untried === undefined && struck.every(({ judgement }) => judgement === 'same') ? 0 : 1;
}

async function runProof(
    { request, input, stop, output, writeHtml, writeJunit }: Session,
    keptIn: string | undefined,
    { sample, undisturbed }: { sample: number | undefined; undisturbed: number },
): Promise<number> {
    const { actor, actors, tasks, apiFaults, fault, rules, run, seed } = request;
    const grid = output && proofGrid(output, JUDGEMENT_LOOK);
    const what = fault === 'crash' ? 'from every state in which a crash can leave it' : `${fault} at every API call`;
    output?.write(`${legendOf(JUDGEMENT_LOOK)}\n\n${chalk.bold(`${actor.name}, ${what}`)}\n`);
    return inTemporaryFolder(async (dir) => {
        const proof = await proveActor({
            ...run,
            rules,
            ...(sample !== undefined && { sample }),
            undisturbed,
            actor,
            actors,
            tasks,
            apiFaults,
            fault,
            seed,
            input: input.input,
            dir,
            jobs: request.jobs ?? availableParallelism() + 1,
            signal: stop.signal,
            ...(grid && { onPoints: (points) => grid.begin(points), onTrial: (trial) => grid.add(trial) }),
        });
        grid?.end();
        stop.throwIfStopped();
        const holds = proof.trials.every(({ outcome }) => outcome === 'same');
        // The commands that repeat what differs go on from what was recorded.
        const kept =
            holds && keptIn === undefined
                ? proof
                : keep(proof, keptIn ?? dataDirectory(undefined, `prove-${actor.name}`));
        if (output) showProof(kept, request, output);
        else process.stdout.write(`${printedJson(proofJson(request, kept), 4)}\n`);
        writeHtml?.(await actorProofReport(request, kept));
        writeJunit(casesOfProof(kept.trials));
        if (kept.unmet !== undefined) process.stderr.write(`${kept.unmet}\n`);
        return holds && kept.unmet === undefined ? 0 : 1;
    });
}

function keep(proof: ActorProof, dir: string): ActorProof {
    cpSync(proof.undisturbed.dir, dir, { recursive: true });
    return { ...proof, undisturbed: { ...proof.undisturbed, dir } };
}

function startTimeline(
    output: NodeJS.WriteStream | undefined,
    { actor, verbose }: RunRequest,
    plan: FaultPlan,
): Timeline | undefined {
    if (!output) return undefined;
    const title = wrap(`${actor.name}, ${planLine(plan)}`, widthOf(output));
    output.write(`\n${title.map((line) => chalk.bold(line)).join('\n')}\n`);
    return new Timeline(output, verbose);
}

function endIfStopped(stop: StopSignal, dir: string): void {
    if (!stop.signal.aborted) return;
    process.stderr.write(`Stopped. What the run had stored by then is in ${shortPath(dir)}\n`);
    stop.throwIfStopped();
}

await runCommand(command);
