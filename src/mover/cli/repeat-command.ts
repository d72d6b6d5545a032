import { commandName } from '../../base/terminal/command.js';
import { shortPath } from '../../base/short-path.js';
import { formatPlan } from '../../faults/fault-plan.js';
import { forkIn, forkText, type Point } from '../../faults/points.js';
import type { RunRequest } from './run-options.js';

/**
 * The command that repeats one struck run of a proof alone, with its timeline.
 *
 * @param dir Data directory of the undisturbed run.
 */
export function repeatCommand({ repeatArgs }: RunRequest, point: Point, dir: string): string {
    const fork = forkIn(point);
    const how = fork
        ? ['--fork', quoted(forkText(shortPath(dir), fork))]
        : ['--compare', '--plan', formatPlan(point.plan)];
    return [commandName('npm run move --'), ...how, ...repeatArgs.map(quoted)].join(' ');
}

/** As a POSIX shell takes it as one word. */
function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
