import { join } from 'node:path';

import { exportDirectory } from '../export.js';
import { filesProgress } from './files-progress.js';
import { UsageError } from '../../base/usage-error.js';
import { enterUsersFolder } from '../../base/users-folder.js';
import { type Command, parse, runCommand } from '../../base/terminal/command.js';
import { shown } from '../../base/terminal/shown.js';

const OPTIONS = {
    to: { type: 'string' },
    run: { type: 'string' },
    json: { type: 'boolean' },
} as const;

const HELP = `
npm run export -- <data directory> [options]

Writes the storages of a data directory as files, in the layout that 'apify run' leaves below storage/:
datasets/default/000000001.json, key_value_stores/default/KEY.json, request_queues/default/…. Where a disk does not take
a name, or two records would have the same, a part of the key's hash tells them apart.

Options
  --to <folder>    where they go (default: storage in the data directory); an earlier export there is replaced
  --run <id>       whose storages are called default (default: the first run); those of others go by their ids, and
                   one that is named default goes to _default
  --json           print what was written for a program to read
`;

const command: Command = {
    name: 'npm run export',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'data directory');
        const [dir] = positionals;
        if (dir === undefined) throw new UsageError('Name a data directory, such as .actors-move/platform.');
        const exported = await exportDirectory(
            dir,
            values.to ?? join(dir, 'storage'),
            values.run,
            filesProgress(process.stderr),
        );
        const { items, records, requests } = exported;
        process.stdout.write(
            values.json
                ? `${JSON.stringify(exported)}\n`
                : `${items} rows, ${records} records and ${requests} requests are in ${shown(exported.dir)}\n`,
        );
        return 0;
    },
};

enterUsersFolder('export');
await runCommand(command);
