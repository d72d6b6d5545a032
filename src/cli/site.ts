import { resolve } from 'node:path';

import { compiled } from '../base/paths.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { exportSite } from '../site/export-site.js';

const HELP = `
npm run site

Writes the course as a static site to dist/site/: lessons, recorded runs, the quiz. It can lie below any path, and asks
for nothing from elsewhere.
`;

const command: Command = {
    name: 'npm run site',
    help: HELP,
    run: async (argv) => {
        parse(argv, {});
        const dir = resolve(compiled('site'));
        const { pages, files, bytes } = exportSite(dir);
        process.stdout.write(`${pages} pages, ${files} files, ${(bytes / 1e6).toFixed(1)} MB in dist/site/\n`);
        return 0;
    },
};

await runCommand(command);
