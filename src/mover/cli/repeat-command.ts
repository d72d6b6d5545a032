import { commandName } from '../../base/terminal/command.js';
import type { RunRequest } from './run-options.js';

/** The command that repeats one struck run of a proof alone, with its timeline. */
export function repeatCommand({ repeatArgs }: RunRequest, plan: string): string {
    return [commandName('npm run move --'), '--compare', '--plan', plan, ...repeatArgs.map(quoted)].join(' ');
}

/** As a POSIX shell takes it as one word. */
function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
