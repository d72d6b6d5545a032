import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import { UsageError } from '../trial/usage-error.js';
import { checkInput, defaultsOf, type InputSchema, prefillsOf, readInputSchema } from './input-schema.js';

/** An Actor's input and where it comes from, for a person. */
export interface ActorInput {
    /** Undefined when there is none. */
    input: unknown;
    source: string;
}

/** Where `apify run` takes the input from. */
const LOCAL_INPUT = join('storage', 'key_value_stores', 'default', 'INPUT.json');

/**
 * Reads the input of the Actor in a folder: the one that is named (`-` is `stdin`), else the one that `apify run` would
 * take, else the prefilled and default values of its input schema. Defaults also stand in for fields that are left out.
 *
 * @throws UsageError when it can't be read, is no JSON or does not match the schema.
 */
export async function readInput(
    cwd: string,
    named: string | undefined,
    stdin: NodeJS.ReadableStream,
): Promise<ActorInput> {
    const schema = await readInputSchema(cwd);
    const found = await findInput(cwd, named, stdin);
    if (!found) {
        if (!schema) return { input: undefined, source: 'none' };
        return checked({ input: { ...defaultsOf(schema), ...prefillsOf(schema) }, source: schema.path }, schema);
    }
    const input = parsed(found.text, found.source);
    if (!schema || typeof input !== 'object' || input === null || Array.isArray(input)) {
        return checked({ input, source: found.source }, schema);
    }
    return checked({ input: { ...defaultsOf(schema), ...input }, source: found.source }, schema);
}

async function findInput(
    cwd: string,
    named: string | undefined,
    stdin: NodeJS.ReadableStream,
): Promise<{ text: string; source: string } | undefined> {
    if (named === '-') return { text: await text(stdin), source: 'standard input' };
    const source = named === undefined ? join(cwd, LOCAL_INPUT) : resolve(named);
    try {
        return { text: await readFile(source, 'utf8'), source };
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
        throw new UsageError(`The input can't be read: ${message}.`);
    }
}

function parsed(json: string, source: string): unknown {
    try {
        return JSON.parse(json) as unknown;
    } catch (error) {
        throw new UsageError(`The input in ${source} is not valid JSON: ${(error as Error).message}.`);
    }
}

async function checked(input: ActorInput, schema: InputSchema | undefined): Promise<ActorInput> {
    if (!schema) return input;
    const complaints = await checkInput(input.input, schema);
    if (complaints.length === 0) return input;
    throw new UsageError(`The input (${input.source}) does not match ${schema.path}: ${complaints.join('; ')}.`);
}
