import chalk from 'chalk';

import type { Judgement } from '../difference.js';
import type { ComparedRun } from '../comparison.js';
import type { ComparisonFinding } from '../finding.js';
import { OWN } from '../labels.js';
import type { Leftovers } from '../leftovers.js';
import type { Moved } from '../move.js';
import type { Noise } from '../noise.js';
import type { NotCompared } from '../record-rules.js';
import { apiFaultText, planText, struckText } from '../strike-text.js';
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
    rows.push(['records', named(recordCounts(leftovers), String)]);
    const answers = Object.keys(leftovers.answers).length;
    if (answers > 0) rows.push(['answers', String(answers)]);
    const webhooks = Object.values(leftovers.webhooks).reduce((sum, count) => sum + count, 0);
    if (webhooks > 0) rows.push(['webhooks', String(webhooks)]);
    const charges = Object.entries(leftovers.charges).filter(([, count]) => count > 0);
    if (charges.length > 0) rows.push(['charges', charges.map(([event, count]) => `${event} ${count}`).join(', ')]);
    const started = Object.entries(leftovers.started);
    if (started.length > 0)
        rows.push(['started', started.map(([actor, runs]) => `${actor} ${runs.length}`).join(', ')]);
    rows.push(...moved.notes.map((note): [string, string] => ['note', note]));
    return rows;
}

/** What a run came to and what it left, as a small table of at most `width` columns. */
export function movedTable(moved: Moved, width: number): string {
    return movedFigures(moved)
        .map(([name, text]) => row(name, text, width))
        .join('\n');
}

/** Whether anything struck a run or went wrong with its API. */
export function isTried({ struck, apiFaults }: Moved): boolean {
    return struck.length > 0 || apiFaults.some(({ calls }) => calls.length > 0);
}

/** How a struck run differs from the undisturbed one, in lines of at most `width` columns. */
export function comparedText({ moved, findings, notCompared }: ComparedRun, width: number): string {
    const same = isTried(moved) ? [`  ${chalk.green('✔')} It left the same as undisturbed.`] : [];
    const lines = findings.length === 0 ? same : findings.map((finding) => findingText(finding, width));
    // Nothing was put to the test then: what one process holds in memory is enough.
    if (moved.struck.some(({ of }) => of === undefined) && moved.run.incarnation === 1) {
        const note = 'The Actor ended by itself before it was killed, so no process had to go on from what it left.';
        lines.push(marked(chalk.yellow('!'), `${note} Strike earlier, or shorten --grace.`, width));
    }
    const strikes = moved.struck.map((one, i) => marked(chalk.red('⚡'), `${i + 1}  ${struckText(one)}`, width));
    const missed = moved.missed.map((strike) => marked(' ', `${planText(strike)}: found no occasion`, width));
    const faults = moved.apiFaults.map((one) => marked(chalk.red('⚡'), apiFaultText(one, moved), width));
    const leftOut = notComparedText(notCompared);
    if (leftOut !== undefined) lines.push(chalk.dim(marked(' ', leftOut, width)));
    return [...strikes, ...missed, ...faults, ...lines].join('\n');
}

/** A finding with since when it is there and what the Actor did around it, in lines of at most `width` columns. */
export function findingText({ sentence, since, around }: ComparisonFinding, width: number): string {
    const context = [
        ...(since === undefined ? [] : [`Since ${since}.`]),
        ...(around === undefined ? [] : [`Around it: ${around}`]),
    ];
    return [
        marked(chalk.red('✘'), sentence, width),
        ...context.map((text) => chalk.dim(marked(' ', text, width))),
    ].join('\n');
}

/** In what undisturbed runs differ, in lines of at most `width` columns. */
export function noiseText({ findings }: Noise, width: number): string {
    return findings
        .map(({ sentence, option }) => {
            const advice = option === undefined ? '' : ` Leave it out with ${option}.`;
            return marked(chalk.yellow('~'), `${sentence}${advice}`, width);
        })
        .join('\n');
}

/** What was not compared; undefined when all was. */
function notComparedText({ crawlee, input, byRules }: NotCompared): string | undefined {
    const parts = [
        ...(input > 0 ? ['the input'] : []),
        ...(crawlee > 0 ? [`${crawlee} ${crawlee === 1 ? 'record' : 'records'} of Crawlee's own`] : []),
        ...(byRules > 0 ? [`${byRules} ${byRules === 1 ? 'record' : 'records'} as told`] : []),
    ];
    return parts.length === 0 ? undefined : `Not compared: ${parts.join(', ')}.`;
}

/** By store. */
function recordCounts({ records, ids }: Leftovers): Record<string, number> {
    const counts = Object.fromEntries(Object.keys(ids.stores).map((store) => [store, 0]));
    for (const label of Object.keys(records)) {
        const slash = label.indexOf('/');
        const store = slash === -1 ? OWN : label.slice(0, slash);
        counts[store] = (counts[store] ?? 0) + 1;
    }
    return counts;
}

/** Where a run's data is. */
export function whereText({ dir, exported, notExported }: Moved): string {
    const failed = notExported === undefined ? '' : `${chalk.yellow(notExported)}\n`;
    const storages = exported ? `Storages as files: ${shown(exported.dir)}\n` : failed;
    return `${storages}Journal and log: ${shown(dir)}\n`;
}

/** By name; the run's own storage needs none, and an empty one of a name is told as well. */
function named<T>(storages: Readonly<Record<string, T>>, text: (storage: T) => string): string {
    return Object.entries(storages)
        .map(([name, storage]) => (name === OWN ? text(storage) : `${text(storage)} in ${name}`))
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
