import { readFile } from 'node:fs/promises';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';

/**
 * Reads a JSON file of an Actor. Resolves to undefined when it isn't there.
 *
 * @throws UsageError when it can't be read, is no JSON or is not as it must be.
 */
export async function readJson<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T | undefined> {
    let text: string;
    try {
        text = await readFile(path, 'utf8');
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw new UsageError(`${path} can't be read: ${message}.`);
    }
    let json: unknown;
    try {
        json = JSON.parse(text);
    } catch (error) {
        throw new UsageError(`${path} is not valid JSON: ${(error as Error).message}.`);
    }
    const parsed = v.safeParse(schema, json);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw new UsageError(`${path}: ${v.getDotPath(issue) ?? 'the file'} is wrong: ${issue.message}.`);
}
