import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';

/** An Actor's input schema, as far as it is used here, and the file that it stands in. */
export interface InputSchema {
    path: string;
    schema: v.InferOutput<typeof SCHEMA>;
}

const SCHEMA = v.looseObject({
    properties: v.record(
        v.string(),
        v.looseObject({ default: v.optional(v.unknown()), prefill: v.optional(v.unknown()) }),
    ),
});
const ACTOR_FILE = v.looseObject({ input: v.optional(v.unknown()), inputSchema: v.optional(v.unknown()) });

/** Where the platform looks for a schema that actor.json does not name, in this order. */
const PLACES = [
    join('.actor', 'INPUT_SCHEMA.json'),
    join('.actor', 'input_schema.json'),
    'INPUT_SCHEMA.json',
    'input_schema.json',
];

/**
 * Finds the input schema of the Actor in a folder: what `.actor/actor.json` names or holds as `inputSchema` or `input`,
 * else a file of a known name. Resolves to undefined when there is none.
 *
 * @throws UsageError when it can't be read or is none.
 */
export async function readInputSchema(cwd: string): Promise<InputSchema | undefined> {
    const actorFile = join(cwd, '.actor', 'actor.json');
    const actor = v.safeParse(ACTOR_FILE, await readJson(actorFile, false));
    const named = actor.success ? (actor.output.inputSchema ?? actor.output.input) : undefined;
    if (typeof named === 'object' && named !== null) return asSchema(actorFile, named);
    if (typeof named === 'string') {
        const path = resolve(cwd, '.actor', named);
        return asSchema(path, await readJson(path, true));
    }
    for (const place of PLACES) {
        const path = join(cwd, place);
        const json = await readJson(path, false);
        if (json !== undefined) return asSchema(path, json);
    }
    return undefined;
}

function asSchema(path: string, json: unknown): InputSchema {
    const parsed = v.safeParse(SCHEMA, json);
    if (parsed.success) return { path, schema: parsed.output };
    throw new UsageError(`${path} is no input schema: ${parsed.issues[0].message}.`);
}

/** Resolves to undefined when the file isn't there and needn't be. */
async function readJson(path: string, isNeeded: boolean): Promise<unknown> {
    let json: string;
    try {
        json = await readFile(path, 'utf8');
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (!isNeeded && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
        throw new UsageError(`The input schema can't be read: ${message}.`);
    }
    try {
        return JSON.parse(json) as unknown;
    } catch (error) {
        throw new UsageError(`${path} is not valid JSON: ${(error as Error).message}.`);
    }
}

/** What the platform puts in for fields that an input leaves out. */
export function defaultsOf(schema: InputSchema): Record<string, unknown> {
    return valuesOf(schema, 'default');
}

/** What the form in Apify Console is filled in with. */
export function prefillsOf(schema: InputSchema): Record<string, unknown> {
    return valuesOf(schema, 'prefill');
}

/** Names of the fields whose values are secret: Apify encrypts them. */
export function secretFieldsOf({ schema }: InputSchema): string[] {
    return Object.entries(schema.properties).flatMap(([name, { isSecret }]) => (isSecret === true ? [name] : []));
}

function valuesOf({ schema }: InputSchema, kind: 'default' | 'prefill'): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(schema.properties).flatMap(([name, field]) =>
            field[kind] === undefined ? [] : [[name, field[kind]]],
        ),
    );
}

/**
 * Holds an input against its schema with Apify's own validator. Returns what is wrong; nothing when all is right.
 *
 * @throws UsageError when the schema can't be used.
 */
export async function checkInput(input: unknown, { path, schema }: InputSchema): Promise<string[]> {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return ['it must be an object'];
    // Loaded only where there is a schema: the two take longer to load than all the rest.
    const [{ validateInputUsingValidator }, { Ajv2019 }] = await Promise.all([
        import('@apify/input_schema'),
        import('ajv/dist/2019.js'),
    ]);
    let validate;
    try {
        validate = new Ajv2019({ strict: false, unicodeRegExp: false, validateSchema: false }).compile(schema);
    } catch (error) {
        throw new UsageError(`${path} can't be used as a schema: ${(error as Error).message}.`);
    }
    const complaints = validateInputUsingValidator(validate, schema, input as Record<string, unknown>);
    return complaints.map(({ message }) => message);
}
