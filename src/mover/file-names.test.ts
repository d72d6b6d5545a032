import { describe, expect, it } from 'vitest';

import { folderNames, recordFiles } from './file-names.js';

const texts = (...keys: string[]): { key: string; contentType: string }[] =>
    keys.map((key) => ({ key, contentType: 'text/plain' }));

describe('the file of a record', () => {
    it('is called by its key where the disk takes that', () => {
        const names = recordFiles(texts('a', 'b.txt', 'k'.repeat(251)), false);

        expect(Object.fromEntries(names)).toEqual({
            a: 'a.txt',
            'b.txt': 'b.txt',
            ['k'.repeat(251)]: `${'k'.repeat(251)}.txt`,
        });
    });

    it('is shortened, with a part of its hash, where the name is too long', () => {
        const keys = ['k'.repeat(256), `${'k'.repeat(255)}j`];
        const names = [...recordFiles(texts(...keys), false).values()];

        expect(new Set(names).size).toBe(2);
        for (const name of names) {
            expect(Buffer.byteLength(name)).toBe(255);
            expect(name).toMatch(/^k+-[0-9a-f]{12}\.txt$/);
        }
    });

    it.each([
        ['in any case', false, ['a', 'a.txt', 'CON', '_CON'], ['a.txt', '_CON.txt']],
        ['on a disk that knows no case', true, ['case', 'CASE', 'a.txt', 'A'], ['CASE.txt', 'A.txt']],
    ])('never takes the place of another %s', (_when, ignoresCase, keys, plain) => {
        const names = [...recordFiles(texts(...keys), ignoresCase).values()];
        const folded = names.map((name) => (ignoresCase ? name.toLowerCase() : name));

        expect(new Set(folded).size).toBe(keys.length);
        expect(names).toEqual(expect.arrayContaining(plain));
        expect(names.filter((name) => /-[0-9a-f]{12}\.txt$/.test(name))).toHaveLength(keys.length - plain.length);
    });

    it('is the same whatever order they come in, and on a disk that knows case as plain as can be', () => {
        expect([...recordFiles(texts('a.txt', 'a'), false)].sort()).toEqual(
            [...recordFiles(texts('a', 'a.txt'), false)].sort(),
        );
        expect([...recordFiles(texts('case', 'CASE'), false).values()].sort()).toEqual(['CASE.txt', 'case.txt']);
    });
});

it('folders of storages whose names differ in case alone are kept apart where the disk does not', () => {
    const storages = [
        { id: '1', label: 'found' },
        { id: '2', label: 'Found' },
    ];

    expect([...folderNames(storages, false).values()]).toEqual(['found', 'Found']);
    expect([...folderNames(storages, true).values()]).toEqual(['found', expect.stringMatching(/^Found-[0-9a-f]{12}$/)]);
});
