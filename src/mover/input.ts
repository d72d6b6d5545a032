import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import JSON5 from 'json5';

import { UsageError } from '../base/usage-error.js';
import { checkInput, defaultsOf, type InputSchema, prefillsOf, readInputSchema } from './input-schema.js';

/** An Actor's input and where it comes from, for a person. */
export interface FoundInput {
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
export async function readActorInput(
    cwd: string,
    named: string | undefined,
    stdin: NodeJS.ReadableStream,
): Promise<FoundInput> {
    const found = await findInput(cwd, named, stdin);
    if (found) {
        const { source } = found;
        return { input: await completeInput(cwd, parsed(found.text, source), source), source };
    }
    const schema = await readInputSchema(cwd);
    if (!schema) return { input: undefined, source: 'none' };
    const input = await checked({ ...defaultsOf(schema), ...prefillsOf(schema) }, schema.path, schema);
    return { input, source: schema.path };
}

/**
 * Puts the default values of the Actor's input schema in for fields that an input leaves out, and holds it against the
 * schema.
 *
 * @param source Where the input comes from, for messages.
 * @throws UsageError when it does not match.
 */
export async function completeInput(cwd: string, input: unknown, source: string): Promise<unknown> {
    const schema = await readInputSchema(cwd);
    if (!schema) return input;
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
    return checked(isObject ? { ...defaultsOf(schema), ...input } : input, source, schema);
}

/**
 * Reads the input of a task.
 *
 * @throws UsageError when it can't be read or is no JSON object.
 */
export async function readTaskInput(file: string): Promise<Record<string, unknown>> {
    const source = resolve(file);
    const found = await findInput('', file, process.stdin);
    const input = parsed(found!.text, source);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
    throw new UsageError(`The input in ${source} must be an object.`);
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

/** JSON or JSON5, as `apify run` takes it. */
function parsed(json: string, source: string): unknown {
    try {
        return JSON5.parse<unknown>(json);
    } catch (error) {
        throw new UsageError(
            `The input in ${source} is not valid JSON: ${(error as Error).message.replace(/^JSON5: /, '')}.`,
        );
    }
}

async function checked(input: unknown, source: string, schema: InputSchema): Promise<unknown> {
    const complaints = await checkInput(input, schema);
    if (complaints.length === 0) return input;
    throw new UsageError(`The input (${source}) does not match ${schema.path}: ${complaints.join('; ')}.`);
}
