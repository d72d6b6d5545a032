import { expect, it } from 'vitest';

import { findRepeatedNames } from './exported-names.js';
import { modulesOf } from './modules.js';

const check = (files: Record<string, string>) => findRepeatedNames(modulesOf(new Map(Object.entries(files))));

it.each([
    ['a function', 'export function same(): void {}'],
    ['a class', 'export abstract class same {}'],
    ['a constant among several', 'export const [one, { same }] = f();'],
    ['a type', 'export type same = string;'],
    ['an interface', 'export interface same {}'],
    ['a name that is given at the end', 'const own = 1;\nexport { own as same };'],
    ['a namespace', 'export namespace same {\n    export const one = 1;\n}'],
])('names the second file that declares and exports %s', (_, text) => {
    const line = text.split('\n').findIndex((one) => one.includes('same')) + 2;

    expect(check({ 'src/base/one.ts': 'export const same = 1;', 'src/quiz/two.ts': `\n${text}` })).toEqual([
        { file: 'src/quiz/two.ts', line, message: 'exports same, which src/base/one.ts declares, too' },
    ]);
});

it('looks into modules with markup, too', () => {
    const text = 'export function same() {\n    return <p />;\n}';

    expect(check({ 'src/base/one.ts': 'export const same = 1;', 'src/site/pages/two.tsx': text })).toHaveLength(1);
});

it.each<[string, Record<string, string>]>([
    ['exports on what another file declares', { 'src/quiz/two.ts': "export { same, type Other } from './one.js';" }],
    ['exports what it has imported', { 'src/quiz/two.ts': "import { same } from './one.js';\nexport { same };" }],
    ['exports on all', { 'src/quiz/two.ts': "export * from './one.js';" }],
    ['keeps the name for itself', { 'src/quiz/two.ts': 'const same = 1;\nexport const other = same;' }],
    ['is a test', { 'src/quiz/one.test.ts': 'export const same = 2;' }],
    ['is only there for tests', { 'src/quiz/fixtures/one.ts': 'export const same = 2;' }],
    ['is a step of the solution', { 'solutions/0-before/routes.ts': 'export const same = 2;' }],
])('passes a file that %s', (_, files) => {
    const text = 'export function same(): number;\nexport function same(n?: number): number {\n    return n ?? 1;\n}';

    expect(check({ 'src/quiz/one.ts': text, ...files })).toEqual([]);
});
