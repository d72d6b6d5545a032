import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { commandOfRun, RECORDED_RUNS } from '../site/figures.js';
import { packTrace, packTraces } from '../replay/pack-trace.js';
import { recordingFile, RECORDINGS_DIR } from '../site/recordings.js';
import { recordProof } from '../site/record-proof.js';
import { recordRun } from '../site/record-run.js';
import { proofFile, proofRunsFile, PROOFS_DIR, RECORDED_PROOFS } from '../site/recorded-proofs.js';

const OPTIONS = { missing: { type: 'boolean' } } as const;

const HELP = `
npm run record -- [name ...] [options]

Runs the steps of the solution that the lessons' figures show, and keeps their recordings in lessons/recordings. Proves
each step in a small shop, and keeps what came of it in solutions/proofs. Without a name: all of them. For whoever
changes the course.

Options
  --missing   only those that are not there yet
`;

const command: Command = {
    name: 'npm run record',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'recording', Infinity);
        const names = [...RECORDED_RUNS.keys(), ...RECORDED_PROOFS.keys()];
        const unknown = positionals.find((name) => !names.includes(name));
        if (unknown !== undefined) {
            throw new UsageError(`There is no '${unknown}'. Recordings are ${names.join(', ')}.`);
        }
        const isWanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
        const kept = filesIn(RECORDINGS_DIR, [...RECORDED_RUNS.keys()].map(recordingFile));
        const keptProofs = filesIn(
            PROOFS_DIR,
            [...RECORDED_PROOFS.keys()].flatMap((name) => [proofFile(name), proofRunsFile(name)]),
        );
        const stop = listenForStop();
        try {
            for (const [name, run] of RECORDED_RUNS) {
                if (!isWanted(name)) continue;
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
            for (const [name, step] of RECORDED_PROOFS) {
                if (!isWanted(name)) continue;
                if (values.missing && keptProofs.includes(proofFile(name))) continue;
                process.stdout.write(`${name}\n`);
                const { proof, runs } = await recordProof(step, stop.signal);
                const packed = packTraces(runs);
                writeFileAtomic.sync(join(PROOFS_DIR, proofRunsFile(name)), packed);
                writeFileAtomic.sync(join(PROOFS_DIR, proofFile(name)), `${JSON.stringify(proof, null, 4)}\n`);
                process.stdout.write(`  ${proof.result.sentence} ${Math.ceil(packed.length / 1_000)} kB\n`);
            }
        } finally {
            stop.off();
        }
        return 0;
    },
};

/** The files of a folder, without those that nobody wants any more: these are removed. */
function filesIn(dir: string, wanted: readonly string[]): string[] {
    mkdirSync(dir, { recursive: true });
    const files = readdirSync(dir);
    for (const file of files.filter((one) => !wanted.includes(one))) rmSync(join(dir, file));
    return files;
}

await runCommand(command);
