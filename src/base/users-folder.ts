import { join } from 'node:path';

import { projectRoot } from './paths.js';

/**
 * Goes back to the folder in which a person has typed `npm run <script>`: npm starts a script in the project's own, where
 * names of files that the person gives would mean others.
 *
 * @param script The script of this project's package.json that this process is.
 */
export function enterUsersFolder(script: string): void {
    const { INIT_CWD, npm_package_json: file, npm_lifecycle_event: event } = process.env;
    if (INIT_CWD !== undefined && event === script && file === join(projectRoot, 'package.json')) {
        process.chdir(INIT_CWD);
    }
}
