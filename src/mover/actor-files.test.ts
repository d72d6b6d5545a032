import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { readActorFiles } from './actor-files.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function actor(files: Readonly<Record<string, unknown>>): string {
    const dir = mkdtempSync(join(tmpdir(), 'actor-files-'));
    made.push(dir);
    mkdirSync(join(dir, '.actor'));
    for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(dir, '.actor', name), JSON.stringify(content));
    }
    return dir;
}

test('an Actor without files of its own says nothing', async () => {
    expect(await readActorFiles(actor({}))).toEqual({});
    expect(
        await readActorFiles(actor({ 'actor.json': { name: 'a', storages: { dataset: './schema.json' } } })),
    ).toEqual({});
});

test('variables are set, and secrets only named', async () => {
    const environmentVariables = { REGION: 'eu', PAGES: 3, SHOP_KEY: '@shopKey' };
    const files = await readActorFiles(actor({ 'actor.json': { environmentVariables } }));
    expect(files).toEqual({ env: { REGION: 'eu', PAGES: '3' }, secrets: ['SHOP_KEY'] });
});

test('aliases are those of storages, but for the default ones', async () => {
    const storages = { datasets: { default: './a.json', errors: {} }, keyValueStores: { default: {}, shots: {} } };
    const { aliases } = await readActorFiles(actor({ 'actor.json': { storages } }));
    expect(aliases).toEqual({ datasets: ['errors'], 'key-value-stores': ['shots'] });
});

test.each(['../out', 'a/b', 'C:', '..'])('an alias that would lead out of a folder (%j) is none', async (alias) => {
    const dir = actor({ 'actor.json': { storages: { datasets: { [alias]: {} } } } });
    await expect(readActorFiles(dir)).rejects.toThrow(`.actor/actor.json has the alias '${alias}'`);
});

test.each([
    ['an object of events', { page: { eventPriceUsd: 0.01, eventTitle: 'Page' }, row: { eventPriceUsd: 0 } }],
    ['a list of them', [{ page: { eventPriceUsd: 0.01 } }, { row: { eventPriceUsd: 0 } }]],
])('prices are those of %s', async (_, file) => {
    expect((await readActorFiles(actor({ 'pay_per_event.json': file }))).prices).toEqual({ page: 0.01, row: 0 });
});

test('default values are those of the input schema', async () => {
    const properties = { pages: { type: 'integer', default: 3 }, start: { type: 'string', prefill: 'a' } };
    const { inputDefaults } = await readActorFiles(actor({ 'input_schema.json': { properties } }));
    expect(inputDefaults).toEqual({ pages: 3 });
});

test('a file that can not be used is named, with what is wrong', async () => {
    const dir = actor({ 'actor.json': { environmentVariables: { LIST: [] } } });
    await expect(readActorFiles(dir)).rejects.toThrow(/actor\.json: environmentVariables\.LIST is wrong/);
});
