import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

import chalk from 'chalk';

import { projectRoot } from '../base/paths.js';
import { exitCodeOf } from '../base/terminal/command.js';
import { isPlain, PLAIN_OPTION } from '../base/terminal/plain.js';
import { learnersPlace } from '../site/learners-place.js';
import { type Entry, menuOf, placeText } from '../site/menu.js';
import { choose } from './choose.js';
import { widthOf, wrap } from '../base/terminal/wrap.js';

const INTRODUCTION =
    'A course on Apify Actor migrations and maintaining state: read a lesson, answer its question, and move a real ' +
    'Actor on this machine to see what it loses and what it keeps.';
const MAX_WIDTH = 100;

/**
 * Says where the learner is and what is next, has them choose, and does it, until they leave. Returns the exit code.
 */
export async function greet(): Promise<number> {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
        scripts: Record<string, string>;
    };
    const width = Math.min(widthOf(process.stdout), MAX_WIDTH);
    const introduction = wrap(INTRODUCTION, width).join('\n');
    process.stdout.write(`${chalk.bold('Actors Move')}\n\n${introduction}\n`);
    for (;;) {
        const place = learnersPlace((message) => process.stderr.write(`${message}\n`));
        process.stdout.write(`\n${wrap(placeText(place, scripts), width).join('\n')}\n`);
        const entries = menuOf(place, scripts);
        const chosen = await choose<Entry | 'quit'>('What next?', [
            ...entries.map((entry) => ({ text: entry.text, value: entry })),
            { text: 'Quit', value: 'quit' },
        ]);
        if (chosen === 'quit') return 0;
        process.stdout.write(`${chalk.dim(`$ ${typed(chosen)}`)}\n\n`);
        const code = await run(chosen, scripts);
        // The demo is a part of the greeting: who has seen enough of it is back there.
        if (isStop(code) && !chosen.args.includes('--demo')) return code;
    }
}

/** The command, so that a learner can type it the next time. */
function typed({ script, args }: Entry): string {
    const command = script === 'start' ? 'npm start' : `npm run ${script}`;
    return args.length === 0 ? command : `${command} -- ${args.join(' ')}`;
}

/** Runs the file that a script names, as npm does, in a process of its own; resolves with its exit code. */
async function run({ script, args }: Entry, scripts: Record<string, string>): Promise<number> {
    const [, file] = /^node (?:-r \S+ )?(\S+)$/.exec(scripts[script]!) ?? [];
    if (file === undefined) throw new Error(`The script "${script}" of package.json runs no file of the course.`);
    const plain = isPlain() ? [PLAIN_OPTION] : [];
    const child = spawn(process.execPath, [join(projectRoot, file), ...args, ...plain], { stdio: 'inherit' });
    // Ctrl-C goes to the child as well, which ends its work in good order.
    const leaveToChild = (): void => {};
    process.on('SIGINT', leaveToChild);
    const code = await new Promise<number>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status, signal) => resolve(status ?? exitCodeOf(signal!)));
    });
    process.off('SIGINT', leaveToChild);
    return code;
}

/** Somebody who stops a command wants to leave, not to be asked what is next. */
function isStop(code: number): boolean {
    return code === 128 + constants.signals.SIGINT || code === 128 + constants.signals.SIGTERM;
}
