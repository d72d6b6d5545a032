import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { UsageError } from '../base/usage-error.js';
import { buildPackage } from './build-package.js';

const HELP = `
npm run pack

Makes the package actors-move, which moves and compares Actors and has nothing of the course, as a tarball in this folder.
Install it in the repository of an Actor: npm install --save-dev <tarball>.
`;

const command: Command = {
    name: 'npm run pack',
    help: HELP,
    run: async (argv) => {
        parse(argv, {});
        // The project itself is private; what is packed is the folder made here.
        const folder = join(projectRoot, 'dist', 'package');
        await buildPackage(projectRoot, folder);
        return spawnSync(process.execPath, [npmFile(folder), 'pack', folder], { stdio: 'inherit' }).status ?? 1;
    },
};

/**
 * npm itself, which has started this script: on Windows its command is a batch file that only a shell starts.
 *
 * @throws UsageError when npm has not started it.
 */
function npmFile(folder: string): string {
    const file = process.env.npm_execpath;
    if (file === undefined) {
        throw new UsageError(`Start it with npm run pack, or pack ${relative('.', folder)} yourself.`);
    }
    return file;
}

await runCommand(command);
