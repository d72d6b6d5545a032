import chalk from 'chalk';

import { type Judgement } from '../differences.js';
import type { ComparedRun } from '../comparison.js';
import { describeAll } from '../difference-text.js';
import type { Moved } from '../move.js';
import { DEFAULT } from '../leftovers.js';
import { planText, struckText } from '../strike-text.js';
import type { Look } from './proof-grid.js';
import { shown } from '../../base/terminal/shown.js';
import { wrap } from '../../base/terminal/wrap.js';

const NAME_WIDTH = 9;

/** How each judgement of a proof is shown. */
export const JUDGEMENT_LOOK: Look<Judgement> = {
    same: { sign: '·', paint: chalk.green },
    duplicated: { sign: 'd', paint: chalk.yellow },
    differing: { sign: 'x', paint: chalk.magenta },
    missing: { sign: 'm', paint: chalk.red },
    broken: { sign: '?', paint: chalk.bgRed },
};

/** What a run came to and what it left, in figures, each with its name. */
export function movedFigures(moved: Moved): [name: string, text: string][] {
    const { leftovers, run, struck, missed, calls, wallMillis } = moved;
    const processes = `${run.incarnation} ${run.incarnation === 1 ? 'process' : 'processes'}`;
    const exit = leftovers.exitCode === undefined ? '' : `exit code ${leftovers.exitCode}, `;
    const rows: [string, string][] = [
        ['run', `${leftovers.ended}, ${exit}${processes}, ${calls.length} API calls, ${seconds(wallMillis)}`],
        ...(struck.length + missed.length > 0
            ? ([['strikes', `${struck.length}${missed.length > 0 ? `, ${missed.length} found no occasion` : ''}`]] as [
                  string,
                  string,
              ][])
            : []),
        ['rows', named(leftovers.datasets, ({ length }) => String(length))],
        ['requests', named(leftovers.requests, ({ handled, total }) => `${handled} of ${total} handled`)],
    ];
    const charges = Object.entries(leftovers.charges);
    if (charges.length > 0) rows.push(['charges', charges.map(([event, count]) => `${event} ${count}`).join(', ')]);
    const started = Object.entries(leftovers.started);
    if (started.length > 0) rows.push(['started', started.map(([actor, count]) => `${actor} ${count}`).join(', ')]);
    return rows;
}

/** What a run came to and what it left, as a small table of at most `width` columns. */
export function movedTable(moved: Moved, width: number): string {
    return movedFigures(moved)
        .map(([name, text]) => row(name, text, width))
        .join('\n');
}

/** How a struck run differs from the undisturbed one, in lines of at most `width` columns. */
export function comparedText({ moved, differences }: ComparedRun, width: number): string {
    const lines =
        differences.length === 0
            ? [`  ${chalk.green('✔')} It left the same as undisturbed.`]
            : describeAll(differences).map((sentence) => marked(chalk.red('✘'), sentence, width));
    // Nothing was put to the test then: what one process holds in memory is enough.
    if (moved.struck.length > 0 && moved.run.incarnation === 1) {
        const note = 'The Actor ended by itself before it was killed, so no process had to go on from what it left.';
        lines.push(marked(chalk.yellow('!'), `${note} Strike earlier, or shorten --grace.`, width));
    }
    const strikes = moved.struck.map((one, i) => marked(chalk.red('⚡'), `${i + 1}  ${struckText(one)}`, width));
    const missed = moved.missed.map((strike) => marked(' ', `${planText(strike)}: found no occasion`, width));
    return [...strikes, ...missed, ...lines].join('\n');
}

/** Where a run's data is. */
export function whereText({ dir, exported }: Moved): string {
    const storages = exported ? `Storages as files: ${shown(exported.dir)}\n` : '';
    return `${storages}Journal and log: ${shown(dir)}\n`;
}

/** By name; the run's own storage needs none, and an empty one of a name is told as well. */
function named<T>(storages: Readonly<Record<string, T>>, text: (storage: T) => string): string {
    return Object.entries(storages)
        .map(([name, storage]) => (name === DEFAULT ? text(storage) : `${text(storage)} in ${name}`))
        .join(', ');
}

function row(name: string, text: string, width: number): string {
    const indent = 2 + NAME_WIDTH;
    const [first, ...rest] = wrap(text, width - indent);
    return [`  ${chalk.dim(name.padEnd(NAME_WIDTH))}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)].join(
        '\n',
    );
}

function marked(sign: string, text: string, width: number): string {
    return `  ${sign} ${wrap(text, width - 4).join('\n    ')}`;
}

function seconds(millis: number): string {
    return `${(millis / 1_000).toFixed(1)} s`;
}
