import { readFileSync } from 'node:fs';

import type { ContractReport } from '../checks/contract/contract.js';
import type { OpenApi } from '../checks/contract/openapi.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';

const OPTIONS = {
    openapi: { type: 'string' },
    'base-url': { type: 'string' },
    token: { type: 'string' },
    actor: { type: 'string' },
    json: { type: 'boolean' },
} as const;

const HELP = `
npm run contract -- [options]

Drives the real apify-client through every operation that the local platform serves, and holds each call and its answer
against the shapes that the SDK, Crawlee and the client rely on. Without --base-url it opens a platform for itself.

Options
  --openapi <file>   hold them against Apify's public description too (https://docs.apify.com/api/openapi.json)
  --base-url <url>   another API, such as https://api.apify.com; the calls make storages, and delete them again
  --token <t>        its token
  --actor <name>     an Actor there that may be started: it must run until it is aborted. Without one, nothing is
                     called that needs a run
  --json             print the report as JSON
`;

const command: Command = {
    name: 'npm run contract',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        const { 'base-url': baseUrl, token, actor, openapi, json = false } = values;
        if ((baseUrl === undefined) !== (token === undefined)) {
            throw new UsageError('--base-url and --token go together.');
        }
        if (actor !== undefined && baseUrl === undefined) throw new UsageError('--actor goes with --base-url.');
        if (baseUrl !== undefined && !/^https?:\/\//.test(baseUrl)) {
            throw new UsageError(`--base-url takes an address such as https://api.apify.com, not '${baseUrl}'.`);
        }
        const description = openapi === undefined ? undefined : await readDescription(openapi);
        const { checkContract } = await import('../checks/contract/contract.js');
        const report = await checkContract({
            remote: baseUrl === undefined || token === undefined ? undefined : { baseUrl, token, actor },
            ...(description && { alsoCheck: (exchange) => description.problemsOf(exchange) }),
        });
        const differences = description?.differences() ?? [];
        const holds = report.problems.length === 0 && differences.length === 0 && report.stoppedBy === undefined;
        const isComplete = baseUrl !== undefined || report.notDriven.length === 0;
        const text = json ? JSON.stringify({ ...report, differences }, undefined, 4) : reportText(report, differences);
        process.stdout.write(`${text}\n`);
        return holds && isComplete ? 0 : 1;
    },
};

/**
 * @throws UsageError when the file is no such description.
 */
async function readDescription(path: string): Promise<OpenApi> {
    const { OpenApi } = await import('../checks/contract/openapi.js');
    try {
        return new OpenApi(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
    } catch (error) {
        throw new UsageError(`--openapi takes a file with Apify's description; ${path}: ${(error as Error).message}`);
    }
}

function reportText(
    { exchanges, driven, notDriven, problems, stoppedBy }: ContractReport,
    differences: string[],
): string {
    return [
        ...differences,
        ...problems.map(({ operationId, exchange, message }) => `${operationId}: ${message}\n    ${exchange}`),
        ...(stoppedBy === undefined ? [] : [`The calls stopped at ${stoppedBy.replace(/\.$/, '')}.`]),
        ...(notDriven.length > 0 ? [`Not called with success: ${notDriven.join(', ')}.`] : []),
        `${exchanges} calls, ${driven.length} of ${driven.length + notDriven.length} operations, ` +
            `${problems.length + differences.length} differences.`,
    ].join('\n');
}

await runCommand(command);
