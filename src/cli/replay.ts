import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { keepTemporaryFolder, makeTemporaryFolder } from '../base/temporary-folder.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { reportFile } from '../base/writable-file.js';
import { shortPath } from '../base/short-path.js';
import { shown } from '../base/terminal/shown.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';
import { readTraceOf } from '../platform/journal/read-trace.js';
import { reportHtml } from '../replay/report.js';
import type { Trace } from '../trace/trace.js';
import { openFile } from './open-file.js';
import { plainLines } from '../replay/plain-lines.js';
import { recordingOf } from '../replay/model/recording.js';

const OPTIONS = { plain: { type: 'boolean' }, html: { type: 'string' }, input: { type: 'boolean' } } as const;

const HELP = `
npm run replay -- <folder> [options]

Shows a recorded run again: pages, saves, pushes, strikes, and what is stored at any of its moments. The folder is that
of a run's data, or a file in it: commands that run an Actor name it when they end. In the browser, unless asked
otherwise.

Options
  --plain         print it here, entry by entry, and what is wrong at the end
  --html <file>   write the page to this file, and don't open it
  --input         the page holds the input, too
`;

const command: Command = {
    name: 'npm run replay',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'folder');
        const [named] = positionals;
        if (named === undefined) throw new UsageError('Name the folder of a run, for example one in .actors-move.');
        if (values.plain && values.html !== undefined) throw new UsageError('Give --plain or --html, not both.');
        const dir = folderOf(named);
        const write = values.html === undefined ? undefined : reportFile(values.html);
        const trace = traceOf(dir);
        if (values.plain) {
            for (const line of plainLines(trace))
                process.stdout.write(`${wrap(line, widthOf(process.stdout)).join('\n    ')}\n`);
            return 0;
        }
        const html = pageOf(trace, shortPath(dir), values.input ?? false);
        const file = values.html ?? join(makeTemporaryFolder(), 'replay.html');
        (write ?? reportFile(file))(html);
        if (values.html === undefined) keepTemporaryFolder(dirname(file));
        process.stdout.write(`The replay is in ${shown(file)}\n`);
        // Somebody who reads the output by a program wants no window.
        if (values.html === undefined && process.stdout.isTTY) await openFile(file);
        return 0;
    },
};

/**
 * @throws UsageError when there is no such folder.
 */
function folderOf(named: string): string {
    const path = resolve(named);
    if (!existsSync(path)) throw new UsageError(`There is no ${named}.`);
    return statSync(path).isDirectory() ? path : dirname(path);
}

/**
 * @throws UsageError when no run was recorded there.
 */
function traceOf(dir: string): Trace {
    let trace: Trace;
    try {
        trace = readTraceOf(dir);
    } catch (error) {
        throw new UsageError(`No run was recorded in ${shortPath(dir)}: ${(error as Error).message}`);
    }
    if (trace.runId === undefined) throw new UsageError(`In ${shortPath(dir)} no run has begun.`);
    return trace;
}

function pageOf(trace: Trace, title: string, withInput: boolean): string {
    const { subject, actors } = trace.head;
    const what = `${actors[0]?.name ?? 'A run'}, ${subject?.plan ? `struck by ${subject.plan}` : 'undisturbed'}`;
    return reportHtml({
        title: what,
        verdict: { isWell: recordingOf(trace, what).causes.length === 0, sentence: `Recorded in ${title}.`, lines: [] },
        runs: [{ label: what, trace }],
        withInput,
    });
}

await runCommand(command);
