import { expect, test } from 'vitest';

import { findMachineTraces } from './machine-traces.js';

// Put together here, so that this file passes the check that it tests.
const absolute = (...parts: string[]) => ['', ...parts].join('/');

test.each([
    ['a home folder', `cd ${absolute('home', 'ada', 'course')}`],
    ['a home folder on macOS', `"${absolute('Users', 'ada')}"`],
    ['a home folder on Windows', `C:${'\\'}Users${'\\'}ada`],
    ['a temporary folder', `(${absolute('tmp', 'run')})`],
    ['a work folder', `see ${absolute('work', 'notes.md')}`],
    ['the root account', `${absolute('root')}`],
    ['a registry', `https://${['registry', 'npmjs', 'org'].join('.')}/ws`],
    ['a package archive', ['deb', 'debian', 'org'].join('.')],
])('%s is named with its line', (_, text) => {
    expect(findMachineTraces(new Map([['a.md', `first line\n${text}\n`]]))).toMatchObject([{ file: 'a.md', line: 2 }]);
});

test.each([
    'workspace/tracker and src/work/tmp.ts',
    '/workspace /tmpfile /rooted /home',
    'https://example.com/home/page and https://example.com/tmp/',
    '{{links.apiDefaultDatasetUrl}}/items',
    '/usr/src/app/dist',
    'registry.get(name)',
])('%s passes', (text) => {
    expect(findMachineTraces(new Map([['a.md', text]]))).toEqual([]);
});

test('binary files are left alone', () => {
    expect(findMachineTraces(new Map([['a.png', null]]))).toEqual([]);
});
