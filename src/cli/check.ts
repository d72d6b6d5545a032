import chalk from 'chalk';

import { checkExtent, rememberCheck } from '../exercise/check-memory.js';
import { readAdvice } from '../exercise/content.js';
import type { TrialOutcome } from '../exercise/trial-outcome.js';
import type { CheckOptions, CheckResult, StageProgress } from '../exercise/run-check.js';
import { type Stage, STAGE_NUMBERS, STAGES } from '../exercise/stages.js';
import { shortPath } from '../base/short-path.js';
import { tellFinding } from '../exercise/told-failure.js';
import { existingWorkspace } from '../exercise/existing-workspace.js';
import { UsageError } from '../base/usage-error.js';
import { resultText } from './check-result.js';
import { checkReport } from './check-report.js';
import { tellUnkept } from './tell-unkept.js';
import { checkView } from './check-view.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { reportFile } from '../base/writable-file.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { widthOf } from '../base/terminal/wrap.js';
import { printedJson } from '../base/terminal/printed-json.js';

const OPTIONS = {
    stage: { type: 'string' },
    all: { type: 'boolean' },
    watch: { type: 'boolean' },
    poll: { type: 'boolean' },
    json: { type: 'boolean' },
    html: { type: 'string' },
} as const;

const HELP = `
npm run check -- [options]

Runs your Actor in workspace/asin-tracker, moves it, and judges it by what can be seen from outside: the record or
output, the dataset, and the log. It stops at the first stage that fails, and tries first what failed last. All stages
take half a minute or so; a trial is ended after 30 s without a page or a row, and after 120 s at most. Exit code 1 when a stage is not passed.

Stages
${STAGES.map(({ number, title }) => `  ${number}  ${title}`).join('\n')}

Options
  --stage <n>   only this stage; several with commas: 3,4
  --all         try all stages, whatever fails
  --watch       check again whenever a file is saved; keys: c check now, h hint, d diff,
                n next failure, arrows and space scroll, q quit
  --poll        with --watch: look for changes every second, where the system doesn't tell of them
  --json        print the result for a program to read, and nothing else
  --html <file> write what happened in each trial as one page, to look at and to send on
`;

const warn = (message: string): boolean => process.stderr.write(`${message}\n`);

const command: Command = {
    name: 'npm run check',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        const stages = stagesOf(values.stage);
        if (values.watch && values.json) throw new UsageError('Give --watch or --json, not both.');
        if (values.poll && !values.watch) throw new UsageError('--poll goes with --watch.');
        if (values.watch && values.html !== undefined) throw new UsageError('Give --watch or --html, not both.');
        const dir = existingWorkspace();
        if (values.watch) {
            const { watchCheck } = await import('./check-watch.js');
            return watchCheck({ dir, stages, poll: values.poll ?? false, isAll: values.all ?? false });
        }
        const writeHtml = values.html === undefined ? undefined : reportFile(values.html);
        const extent = { stages, ...checkExtent(values.all ?? false, warn) };
        return checkOnce(dir, extent, values.json ?? false, writeHtml);
    },
};

/**
 * @throws UsageError that names the stages.
 */
function stagesOf(text: string | undefined): readonly Stage[] {
    if (text === undefined) return STAGES;
    const wanted = text.split(',');
    const stages = STAGES.filter(({ number }) => wanted.includes(String(number)));
    if (stages.length < new Set(wanted).size) {
        throw new UsageError(`--stage takes ${STAGE_NUMBERS.join(', ')}, or several with commas, not '${text}'.`);
    }
    return stages;
}

async function checkOnce(
    dir: string,
    extent: Pick<CheckOptions, 'stages' | 'stopsAtFailure' | 'failedLast'>,
    isJson: boolean,
    writeHtml: ((text: string) => void) | undefined,
): Promise<number> {
    // Platform and shop are loaded only now.
    const { runCheck } = await import('../exercise/run-check.js');
    const outcomes: TrialOutcome[] = [];
    const stop = listenForStop();
    const output = process.stdout;
    const view = isJson ? undefined : checkView(output);
    if (!isJson) output.write(`${chalk.bold(`Checking ${shortPath(dir)}`)}\n\n`);
    try {
        const result = await runCheck({
            dir,
            ...extent,
            signal: stop.signal,
            onOutcome: (outcome) => outcomes.push(outcome),
            ...(view && { onProgress: (progress: readonly StageProgress[]) => view.show(progress) }),
        });
        view?.end();
        // Behind the ^C that the terminal has written.
        if (stop.signal.aborted && output.isTTY) output.write('\n');
        stop.throwIfStopped();
        const isPassed = result.stages.every(({ status }) => status === 'passed');
        output.write(isJson ? `${printedJson(forPrograms(result), 4)}\n` : resultText(result, widthOf(output)));
        tellUnkept(rememberCheck(result, warn));
        writeHtml?.(checkReport(result, outcomes));
        return isPassed ? 0 : 1;
    } finally {
        view?.end();
        stop.off();
    }
}

function forPrograms(result: CheckResult): Record<string, unknown> {
    const texts = readAdvice();
    const stages = result.stages.map((stage) => ({
        ...stage,
        reports: stage.reports.map(({ finding, ...report }) => {
            if (!finding) return report;
            return { ...report, finding: finding.advice, ...tellFinding(finding, texts) };
        }),
    }));
    const passed = stages.filter(({ status }) => status === 'passed').map(({ number }) => number);
    return { ...result, stages, passed };
}

await runCommand(command);
