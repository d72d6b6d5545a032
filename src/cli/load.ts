import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { BOUNDS, brokenBounds, FULL_LOAD, type LoadFigures, measureLoad, megabytes } from '../checks/load/load.js';
import { FULL_SCALE, measureScale, type ScaleFigure } from '../checks/load/scale.js';
import { projectRoot } from '../base/paths.js';
import { type Command, numberOption, parse, runCommand } from '../base/terminal/command.js';
import { UsageError } from '../base/usage-error.js';

const OPTIONS = {
    requests: { type: 'string' },
    rows: { type: 'string' },
    'in-flight': { type: 'string' },
    scale: { type: 'boolean' },
    largest: { type: 'string' },
    json: { type: 'boolean' },
} as const;

const LAST_FIGURES = join(projectRoot, '.actors-move', 'scale.json');

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
  --json            print the figures as JSON: times in milliseconds, memory in bytes
`;

const COLUMNS = ['', 'calls', 'seconds', 'calls/s', 'median', '99 %', 'longest', 'cpu', 'memory'];

const command: Command = {
    name: 'npm run load',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        if (values.scale)
            return scale(
                numberOption('largest', values.largest, { min: 10_000, max: 1_000_000 }),
                values.json ?? false,
            );
        if (values.largest !== undefined) throw new UsageError('--largest goes with --scale.');
        const range = { min: 1, max: 1_000_000 };
        const size = {
            ...FULL_LOAD,
            requests: numberOption('requests', values.requests, range) ?? FULL_LOAD.requests,
            rows: numberOption('rows', values.rows, range) ?? FULL_LOAD.rows,
            inFlight: numberOption('in-flight', values['in-flight'], { min: 1, max: 1_000 }) ?? FULL_LOAD.inFlight,
        };
        const json = values.json ?? false;
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

async function scale(largest: number | undefined, json: boolean): Promise<number> {
    const sizes = FULL_SCALE.sizes.filter((size) => size <= (largest ?? Infinity));
    const last = lastFigures();
    const comparedRows = Math.min(FULL_SCALE.comparedRows, largest ?? Infinity);
    const figures = await measureScale({ sizes, comparedRows }, (figure) => {
        if (!json) process.stdout.write(`${figureLine(figure, last)}\n`);
    });
    mkdirSync(dirname(LAST_FIGURES), { recursive: true });
    writeFileSync(LAST_FIGURES, JSON.stringify(figures, null, 4));
    if (json) process.stdout.write(`${JSON.stringify({ figures, last })}\n`);
    return 0;
}

function figureLine({ size, name, value, unit }: ScaleFigure, last: readonly ScaleFigure[]): string {
    const before = last.find((figure) => figure.size === size && figure.name === name);
    const text = (number: number): string => `${number.toFixed(1)} ${unit}`;
    return `${String(size).padStart(9)}  ${name.padEnd(46)}${text(value).padStart(12)}${before ? `  last ${text(before.value)}` : ''}`;
}

/** None when nothing was measured here before. */
function lastFigures(): ScaleFigure[] {
    return existsSync(LAST_FIGURES) ? (JSON.parse(readFileSync(LAST_FIGURES, 'utf8')) as ScaleFigure[]) : [];
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
