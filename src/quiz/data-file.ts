import { readFileSync } from 'node:fs';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';

/**
 * Reads a JSON file that a person names.
 *
 * @throws UsageError in one line that names the file, the field and what is wrong with it.
 */
export function readDataFile<T>(file: string, schema: v.GenericSchema<unknown, T>): T {
    const { success, output, issues } = v.safeParse(schema, parseJson(file));
    if (success) return output;
    const [first, ...more] = describeIssues(issues);
    throw new UsageError(`${file}: ${first}.${more.length > 0 ? ` And ${more.length} more like this.` : ''}`);
}

function parseJson(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
        const what = error instanceof SyntaxError ? 'is no JSON' : "can't be read";
        throw new UsageError(`${file} ${what}: ${(error as Error).message.split('\n')[0]}.`);
    }
}

/** What is wrong, each with its field: `probes.2.why: Invalid key: Expected "why" but received undefined`. */
function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string[] {
    return issues.map((issue) => {
        const field = v.getDotPath(issue);
        return field === null ? issue.message : `${field}: ${issue.message}`;
    });
}
