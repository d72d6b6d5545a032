import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { buildPackage } from './build-package.js';

// The project itself is private; what is packed is the folder made here.
const folder = join(projectRoot, 'dist', 'package');
await buildPackage(projectRoot, folder);
const npm = spawnSync(process.execPath, [npmFile(), 'pack', folder], { stdio: 'inherit' });
process.exitCode = npm.status ?? 1;

/** npm itself, which has started this script: on Windows its command is a batch file that only a shell starts. */
function npmFile(): string {
    const file = process.env.npm_execpath;
    if (file === undefined) throw new Error(`Start me with npm run pack, or pack ${relative('.', folder)} yourself.`);
    return file;
}
