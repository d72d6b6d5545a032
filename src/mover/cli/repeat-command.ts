import { commandName } from '../../base/terminal/command.js';
import { shortPath } from '../../base/short-path.js';
import { formatPlan } from '../../faults/fault-plan.js';
import type { Point } from '../../faults/points.js';
import type { RunRequest } from './run-options.js';

/**
 * The command that repeats one struck run of a proof alone, with its timeline.
 *
 * @param dir Data directory of the undisturbed run.
 */
export function repeatCommand({ repeatArgs }: RunRequest, { plan, state }: Point, dir: string): string {
    const isFork = state !== undefined && plan.length === 0;
    const how = isFork
        ? ['--fork', quoted(`${shortPath(dir)}@${state.index}`)]
        : ['--compare', '--plan', formatPlan(plan)];
    return [commandName('npm run move --'), ...how, ...repeatArgs.map(quoted)].join(' ');
}

/** As a POSIX shell takes it as one word. */
function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
