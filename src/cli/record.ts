import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { commandOfRun, RECORDED_RUNS } from '../site/figures.js';
import { packTrace } from '../replay/pack-trace.js';
import { recordingFile, RECORDINGS_DIR } from '../site/recordings.js';
import { recordRun } from '../site/record-run.js';

const OPTIONS = { missing: { type: 'boolean' } } as const;

const HELP = `
npm run record -- [name ...] [options]

Runs the steps of the solution that the lessons' figures show, and keeps their recordings in lessons/recordings. Without
a name: all of them. For whoever changes the course.

Options
  --missing   only those that are not there yet
`;

const command: Command = {
    name: 'npm run record',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'recording', Infinity);
        const unknown = positionals.find((name) => !RECORDED_RUNS.has(name));
        if (unknown !== undefined) {
            throw new UsageError(`There is no '${unknown}'. Recordings are ${[...RECORDED_RUNS.keys()].join(', ')}.`);
        }
        mkdirSync(RECORDINGS_DIR, { recursive: true });
        const kept = readdirSync(RECORDINGS_DIR);
        const wanted = [...RECORDED_RUNS.keys()].map(recordingFile);
        for (const file of kept.filter((one) => !wanted.includes(one))) rmSync(join(RECORDINGS_DIR, file));
        const stop = listenForStop();
        try {
            for (const [name, run] of RECORDED_RUNS) {
                if (positionals.length > 0 && !positionals.includes(name)) continue;
                if (values.missing && kept.includes(recordingFile(name))) continue;
                process.stdout.write(`${commandOfRun(run)}\n`);
                const { trace, verdict } = await recordRun(run, { signal: stop.signal });
                stop.throwIfStopped();
                const packed = packTrace(trace);
                writeFileAtomic.sync(join(RECORDINGS_DIR, recordingFile(name)), packed);
                const { tracker, dataset } = verdict;
                process.stdout.write(
                    `  ${tracker.status}, ${dataset.status}, ${Math.ceil(packed.length / 1_000)} kB\n`,
                );
            }
        } finally {
            stop.off();
        }
        return 0;
    },
};

await runCommand(command);
