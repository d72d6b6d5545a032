import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { MeasuredFigure } from '../checks/load/measured-figure.js';
import { BOUNDS, brokenBounds, FULL_LOAD, type LoadFigures, measureLoad, megabytes } from '../checks/load/load.js';
import { FULL_SCALE, measureScale } from '../checks/load/scale.js';
import { FULL_STEPS, measureSteps } from '../checks/load/steps.js';
import { projectRoot } from '../base/paths.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { UsageError } from '../base/usage-error.js';

const OPTIONS = {
    requests: { type: 'string' },
    rows: { type: 'string' },
    'in-flight': { type: 'string' },
    scale: { type: 'boolean' },
    largest: { type: 'string' },
    steps: { type: 'boolean' },
    json: { type: 'boolean' },
} as const;

/** How much is sent, which neither `--scale` nor `--steps` asks about. */
const HOW_MUCH = ['requests', 'rows', 'in-flight'] as const satisfies readonly (keyof typeof OPTIONS)[];

const HELP = `
npm run load -- [options]

Puts a load on a local platform in a process of its own: requests through one queue, rows through one dataset, records
of 9 MB, many calls at once. Ends with exit code 1 when the platform takes ${megabytes(BOUNDS.memoryBytes)} of memory or a call
takes ${BOUNDS.callMillis} ms. On a machine that is busy with other things, calls take longer.

Options
  --requests <n>    requests in the queue (default ${FULL_LOAD.requests})
  --rows <n>        rows of the dataset (default ${FULL_LOAD.rows})
  --in-flight <n>   calls at the same time (default ${FULL_LOAD.inFlight})
  --scale           measure instead what must not depend on how much a platform holds, at 10,000 rows and keys, ten
                    times and a hundred times as many; takes some minutes. Beside each figure stands the last one
  --largest <n>     with --scale: leave out sizes above this
  --steps           measure instead the demo Actor in shops of ${FULL_STEPS.products.join(' and ')} products: on the platform beside
                    Crawlee's own files, and step 5 beside step 2; medians of ${FULL_STEPS.rounds} runs, in turn
  --json            print the figures as JSON: times in milliseconds, memory in bytes
`;

const COLUMNS = ['', 'calls', 'seconds', 'calls/s', 'median', '99 %', 'longest', 'cpu', 'memory'];

const command: Command = {
    name: 'npm run load',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        if (values.scale && values.steps) throw new UsageError('Either --scale or --steps.');
        const mode = values.scale ? 'scale' : values.steps ? 'steps' : 'load';
        if (mode !== 'scale' && values.largest !== undefined) throw new UsageError('--largest goes with --scale.');
        const unused = mode === 'load' ? undefined : HOW_MUCH.find((name) => values[name] !== undefined);
        if (unused !== undefined) throw new UsageError(`--${unused} goes with neither --scale nor --steps.`);
        const json = values.json ?? false;
        if (mode === 'scale') {
            const largest = numberOption('largest', values.largest, { min: 10_000, max: 1_000_000 }) ?? Infinity;
            const sizes = FULL_SCALE.sizes.filter((size) => size <= largest);
            const comparedRows = Math.min(FULL_SCALE.comparedRows, largest);
            return besideLast(mode, json, async (tell) => measureScale({ sizes, comparedRows }, tell));
        }
        if (mode === 'steps') return besideLast(mode, json, async (tell) => measureSteps(FULL_STEPS, tell));
        const range = { min: 1, max: 1_000_000 };
        const size = {
            ...FULL_LOAD,
            requests: numberOption('requests', values.requests, range) ?? FULL_LOAD.requests,
            rows: numberOption('rows', values.rows, range) ?? FULL_LOAD.rows,
            inFlight: numberOption('in-flight', values['in-flight'], { min: 1, max: 1_000 }) ?? FULL_LOAD.inFlight,
        };
        if (!json) process.stdout.write(`${line(COLUMNS)}\n`);
        const figures = await measureLoad(size, (part) => {
            if (!json) process.stdout.write(`${line(cellsOf(part))}\n`);
        });
        const broken = brokenBounds(figures, BOUNDS);
        process.stdout.write(
            json ? `${JSON.stringify({ size, figures, broken })}\n` : broken.map((text) => `${text}\n`).join(''),
        );
        return broken.length === 0 ? 0 : 1;
    },
};

/** Shows figures as they come, each beside the last one that was measured here, and keeps them for the next time. */
async function besideLast(
    name: string,
    json: boolean,
    measure: (tell: (figure: MeasuredFigure) => void) => Promise<MeasuredFigure[]>,
): Promise<number> {
    const kept = join(projectRoot, '.actors-move', `${name}.json`);
    const last = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as MeasuredFigure[]) : [];
    const figures = await measure((figure) => {
        if (!json) process.stdout.write(`${figureLine(figure, last)}\n`);
    });
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(figures, null, 4));
    if (json) process.stdout.write(`${JSON.stringify({ figures, last })}\n`);
    return 0;
}

function figureLine({ size, name, value, unit }: MeasuredFigure, last: readonly MeasuredFigure[]): string {
    const before = last.find((figure) => figure.size === size && figure.name === name);
    const text = (number: number): string => `${number.toFixed(unit === '×' ? 2 : 1)} ${unit}`;
    return `${String(size).padStart(9)}  ${name.padEnd(46)}${text(value).padStart(12)}${before ? `  last ${text(before.value)}` : ''}`;
}

function cellsOf({ part, calls, seconds, median, p99, longest, cpuSeconds, memoryBytes }: LoadFigures): string[] {
    const millis = (value: number): string => `${Math.round(value)} ms`;
    return [
        part,
        String(calls),
        seconds.toFixed(1),
        String(Math.round(calls / seconds)),
        millis(median),
        millis(p99),
        millis(longest),
        `${cpuSeconds.toFixed(1)} s`,
        megabytes(memoryBytes),
    ];
}

function line(cells: string[]): string {
    return cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(8))).join('  ');
}

await runCommand(command);
