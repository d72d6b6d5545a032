import { expect, it } from 'vitest';

import { findLicenceProblems, licencesIn } from './licences.js';

const LOCKFILE = JSON.stringify(
    {
        packages: {
            '': { license: 'MIT' },
            'node_modules/one': { license: 'MIT' },
            'node_modules/two': { license: 'ISC' },
            'node_modules/one/node_modules/two': { license: 'MIT' },
            'node_modules/tool': { license: 'AGPL-3.0', dev: true },
            'node_modules/map-stream': {},
        },
    },
    null,
    4,
);
const README = '# Course\n\n## Licences\n\n| MIT | 3 |\n| ISC | 1 |\n';

function problems(lockfile: string, readme = README): string[] {
    const repository = new Map([
        ['package-lock.json', lockfile],
        ['README.md', readme],
    ]);
    return findLicenceProblems(repository).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

it('counts the packages of each licence that are installed for production', () => {
    expect(licencesIn(LOCKFILE)).toEqual([
        { licence: 'MIT', packages: ['one', 'two', 'map-stream'] },
        { licence: 'ISC', packages: ['two'] },
    ]);
    expect(problems(LOCKFILE)).toEqual([]);
});

it('names a package with a licence that nobody has looked at, or with none', () => {
    const gpl = LOCKFILE.replace('"license": "ISC"', '"license": "GPL-3.0-only"');
    expect(problems(gpl)[0]).toBe('package-lock.json:9: two has the licence GPL-3.0-only: look at it first');
    const none = LOCKFILE.replace('"license": "ISC"', '"engines": {}');
    expect(problems(none)[0]).toBe('package-lock.json:9: two has the licence none: look at it first');
});

it('holds the table of the README to the lockfile, and has it name what is special', () => {
    expect(problems(LOCKFILE, README.replace('| MIT | 3 |', '| MIT | 2 |'))).toEqual([
        'README.md:3: lacks | MIT | 3 |',
    ]);
    const gpl = LOCKFILE.replace('node_modules/two"', 'node_modules/idcac-playwright"').replace('ISC', 'GPL-3.0-only');
    expect(problems(gpl, README.replace('| ISC |', '| GPL-3.0-only |'))).toEqual([
        'README.md:1: does not name idcac-playwright, which is GPL-3.0-only',
    ]);
});
