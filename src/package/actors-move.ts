#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { callCommands } from '../base/terminal/command.js';
import { useReporter } from '../mover/cli/reporter.js';
import { reportHtml } from '../replay/report.js';

/** The commands that are of use without the course. Each is a module that runs when it is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<unknown>>> = {
    run: async () => import('../mover/cli/run.js'),
    platform: async () => import('../mover/cli/platform.js'),
    export: async () => import('../mover/cli/export.js'),
};

const HELP = `
actors-move <command> [options]

Moves Apify Actors on your machine: a local platform runs the real, unmodified Actor in a child process, and migrates,
aborts, crashes and resurrects it while its storages live on.

Commands
  run         run an Actor, strike it, compare what is left with an undisturbed run
  platform    open the platform by itself, for apify-client or the Apify CLI
  export      write the storages of a data directory as files

actors-move <command> --help tells more. actors-move --version prints the version.
`;

const [name = '--help', ...rest] = process.argv.slice(2);
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (load) {
    // Where npx has started it, the shell may know it by npx only.
    useReporter(reportHtml);
    callCommands(`${process.env.npm_command === 'exec' ? 'npx ' : ''}actors-move ${name}`);
    process.argv.splice(2, process.argv.length, ...rest);
    await load();
} else if (name === '--help' || name === '-h') {
    process.stdout.write(`${HELP.trim()}\n`);
} else if (name === '--version' || name === '-v') {
    const file = readFileSync(join(projectRoot, 'package.json'), 'utf8');
    process.stdout.write(`${(JSON.parse(file) as { version: string }).version}\n`);
} else {
    process.stderr.write(`There is no command '${name}'. Commands are ${Object.keys(COMMANDS).join(', ')}.\n`);
    process.exitCode = 2;
}
