import { readFileSync } from 'node:fs';
import path from 'node:path';

import { validateInputSchema } from '@apify/input_schema';
import { getActorSchemaValidator, getDatasetSchemaValidator, getOutputSchemaValidator } from '@apify/json_schemas';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';

import { parseInput } from '../demo-actor/input.js';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readJson = (file: string) => JSON.parse(read(path.join('.actor', file)));

// The packages that apify-cli checks an Actor with before it is pushed.
describe("the Actor's files hold against the platform's published schemas", () => {
    test.each([
        ['actor.json', getActorSchemaValidator()],
        ['dataset_schema.json', getDatasetSchemaValidator()],
        ['output_schema.json', getOutputSchemaValidator()],
    ])('%s', (file, validate) => {
        validate(readJson(file));
        expect(validate.errors ?? []).toEqual([]);
    });

    test('input_schema.json, field by field', () => {
        expect(() => validateInputSchema(new Ajv2019({ strict: false }), readJson('input_schema.json'))).not.toThrow();
    });

    test('a wrong file is refused, so these tests can fail', () => {
        expect(getActorSchemaValidator()({ ...readJson('actor.json'), version: 'one' })).toBe(false);
        expect(getDatasetSchemaValidator()({ ...readJson('dataset_schema.json'), surplus: 1 })).toBe(false);
        expect(getOutputSchemaValidator()({ properties: {} })).toBe(false);
        const input = readJson('input_schema.json');
        expect(() => validateInputSchema(new Ajv2019({ strict: false }), { ...input, required: ['gone'] })).toThrow(
            'gone',
        );
    });
});

describe('actor.json', () => {
    const actor = readJson('actor.json');

    // These two are called inputSchema and outputSchema by now, but apify-cli 1.10.0 reads only the older names,
    // and the platform reads both.
    test.each([actor.input, actor.output, actor.storages.dataset, actor.dockerfile])('names a file: %s', (file) => {
        expect(read(path.join('.actor', file))).not.toBe('');
    });
});

describe('the input', () => {
    const { properties } = readJson('input_schema.json') as { properties: Record<string, { default?: unknown }> };
    const defaults = Object.fromEntries(
        Object.entries(properties).flatMap(([name, field]) => ('default' in field ? [[name, field.default]] : [])),
    );
    const accepts = new Ajv2019({ strict: false }).compile({
        ...readJson('input_schema.json'),
        $schema: undefined,
        schemaVersion: undefined,
    });

    test('has the same defaults in the form and in the Actor', () => {
        expect(parseInput(defaults)).toEqual(parseInput({}));
    });

    test.each([
        {},
        { keyword: 'tablet', baseUrl: 'https://www.amazon.com', maxPages: 2 },
        { baseUrl: 'http://127.0.0.1:4322/' },
        { proxyConfiguration: { useApifyProxy: true, apifyProxyGroups: ['RESIDENTIAL'] } },
    ])('passes the form and the Actor: %j', (input) => {
        expect(accepts(input)).toBe(true);
        expect(() => parseInput(input)).not.toThrow();
    });

    test.each([{ keyword: '' }, { baseUrl: 'amazon.com' }, { baseUrl: 'https://www.amazon.com/dp' }, { maxPages: 0 }])(
        'is refused by the form and by the Actor: %j',
        (input) => {
            expect(accepts(input)).toBe(false);
            expect(() => parseInput(input)).toThrow('not valid');
        },
    );
});

describe('the Dockerfile', () => {
    test('starts the newest step that the build compiles', () => {
        const [, step] = /^CMD \["node", "dist\/(solutions\/[^"]+)\.js"\]$/m.exec(read('.actor/Dockerfile')) ?? [];
        expect(read(`${step}.ts`)).toContain('Actor.init()');
    });
});
