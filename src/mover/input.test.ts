import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, describe, expect, it } from 'vitest';

import { readActorInput, readTaskInput } from './input.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function folder(files: Record<string, unknown>): string {
    const dir = mkdtempSync(join(tmpdir(), 'input-'));
    made.push(dir);
    for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true });
        writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return dir;
}

const LOCAL = 'storage/key_value_stores/default/INPUT.json';
const field = (more: object): object => ({ title: 'F', description: 'f', ...more });
const SCHEMA = {
    title: 'Input',
    type: 'object',
    schemaVersion: 1,
    properties: {
        pages: field({ type: 'integer', default: 3, minimum: 1 }),
        start: field({ type: 'string', editor: 'textfield', default: 'default', prefill: 'prefill' }),
    },
    required: ['start'],
};
const noStdin = Readable.from([]);
const inputOf = async (dir: string, named?: string): Promise<unknown> =>
    (await readActorInput(dir, named, noStdin)).input;

describe('the input', () => {
    it('is the file that is named, before all else', async () => {
        const dir = folder({ [LOCAL]: { a: 1 }, 'other.json': { a: 2 } });
        expect(await inputOf(dir, join(dir, 'other.json'))).toEqual({ a: 2 });
    });

    it('may be JSON5, as apify run takes it', async () => {
        const dir = folder({ [LOCAL]: "{\n    // How many.\n    pages: 4, start: 'here',\n}" });
        expect(await inputOf(dir)).toEqual({ pages: 4, start: 'here' });
    });

    it('comes from standard input for -', async () => {
        const stdin = Readable.from(['{"a"', ':3}']);
        expect(await readActorInput(folder({}), '-', stdin)).toEqual({ input: { a: 3 }, source: 'standard input' });
    });

    it('is what apify run would take, with defaults for what it leaves out', async () => {
        const dir = folder({ [LOCAL]: { start: 'mine' }, '.actor/input_schema.json': SCHEMA });
        expect(await inputOf(dir)).toEqual({ start: 'mine', pages: 3 });
    });

    it('is made of prefilled and default values where nothing else is', async () => {
        expect(await inputOf(folder({ '.actor/INPUT_SCHEMA.json': SCHEMA }))).toEqual({ start: 'prefill', pages: 3 });
        expect(await inputOf(folder({ '.actor/actor.json': { inputSchema: SCHEMA } }))).toMatchObject({ pages: 3 });
        expect(
            await inputOf(folder({ '.actor/actor.json': { input: '../form.json' }, 'form.json': SCHEMA })),
        ).toMatchObject({ pages: 3 });
    });

    it('is none where there is neither input nor schema', async () => {
        expect(await readActorInput(folder({}), undefined, noStdin)).toEqual({ input: undefined, source: 'none' });
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
        ['has a wrong type', { [LOCAL]: { start: 's', pages: 'many' } }, /does not match .*pages must be integer/],
        ['is below its minimum', { [LOCAL]: { start: 's', pages: 0 } }, /pages must be >= 1/],
        ['is no object', { [LOCAL]: [1] }, /it must be an object/],
        ['is no JSON', { [LOCAL]: '{' }, /is not valid JSON/],
    ])('is refused when it %s', async (_what, files, message) => {
        const dir = folder({ ...files, '.actor/input_schema.json': SCHEMA });
        await expect(readActorInput(dir, undefined, noStdin)).rejects.toMatchObject({
            name: 'UsageError',
            message: expect.stringMatching(message),
        });
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
        ['is not where actor.json says', { '.actor/actor.json': { input: './gone.json' } }, /can't be read/],
        ['is no JSON', { 'INPUT_SCHEMA.json': 'no' }, /is not valid JSON/],
        ['has no properties', { 'INPUT_SCHEMA.json': {} }, /is no input schema/],
        [
            'can not be used',
            { 'INPUT_SCHEMA.json': { ...SCHEMA, properties: { a: { type: 'nothing' } } } },
            /can't be used as a schema/,
        ],
    ])('is refused when its schema %s', async (_what, files, message) => {
        await expect(inputOf(folder(files))).rejects.toThrow(message);
    });

    it('that is named and not there is refused', async () => {
        await expect(inputOf(folder({}), 'no-such-file.json')).rejects.toThrow(/can't be read/);
    });
});

describe('the input of a task', () => {
    it('is an object in a file', async () => {
        const dir = folder({ 'task.json': '{ pages: 1 }', 'list.json': [1] });
        expect(await readTaskInput(join(dir, 'task.json'))).toEqual({ pages: 1 });
        await expect(readTaskInput(join(dir, 'list.json'))).rejects.toThrow(/list\.json must be an object/);
    });
});
