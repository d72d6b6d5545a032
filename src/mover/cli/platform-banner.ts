import chalk from 'chalk';

import type { ActorFolder } from '../actor-folder.js';
import { OWN_PREFIX, type Platform } from '../../platform/index.js';

/** What a person needs to use a platform that has just been opened: addresses, token, data, Actors. */
export function banner({ baseUrl, token, dir }: Platform, actors: ActorFolder[]): string {
    const row = (name: string, value: string): string => `  ${name.padEnd(8)}${value}`;
    const runs = `${baseUrl}${OWN_PREFIX}/runs`;
    return [
        chalk.bold('The local Apify platform is open.') + chalk.dim('  Ctrl-C closes it.'),
        '',
        row('API', `${baseUrl}/v2`),
        row('Data', dir),
        ...actors.map(({ username = 'local', name, cwd }, i) =>
            row(i === 0 ? 'Actors' : '', `${username}~${name}  ${chalk.dim(cwd)}`),
        ),
        '',
        'For the Apify CLI and the SDK; apify-client takes them as options:',
        '',
        ...['APIFY_CLIENT_BASE_URL', 'APIFY_API_BASE_URL'].map((name) => `${name}=${chalk.cyan(baseUrl)}`),
        `APIFY_TOKEN=${chalk.cyan(token)}`,
        '',
        'What strikes a run is sent by POST, with the token:',
        '',
        ...['migrate?graceSecs=10', 'crash', 'fail'].map((fault) => `${runs}/${chalk.dim('RUN_ID')}/${fault}`),
        '',
        '',
    ].join('\n');
}
