import { lineAt, type Problem, type Repository } from './repository.js';

const LOCKFILE = 'package-lock.json';
const README = 'README.md';

/** Licences that ask for no more than that they are named, as they are called at https://spdx.org/licenses. */
const KNOWN = new Set([
    '(MIT OR CC0-1.0)',
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'CC-BY-4.0',
    'ISC',
    'MIT',
    'MIT-0',
]);

/** Packages whose package.json doesn't say it in this form, and what their own files say. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
    'map-stream': 'MIT',
    'parent-require': 'MIT',
    'pause-stream': '(MIT OR Apache-2.0)',
};

/** Packages with another licence, which the README names with a reason. */
const NAMED: Readonly<Record<string, string>> = { 'idcac-playwright': 'GPL-3.0-only' };

interface Locked {
    dev?: boolean;
    license?: unknown;
}

/** The licences of the packages that are installed for production, most used first, with their numbers. */
export function licencesIn(lockfile: string): { licence: string; packages: string[] }[] {
    const { packages = {} } = JSON.parse(lockfile) as { packages?: Record<string, Locked> };
    const byLicence = new Map<string, string[]>();
    for (const [path, { dev, license }] of Object.entries(packages)) {
        if (path === '' || dev) continue;
        const name = path.split('node_modules/').at(-1)!;
        const licence = SAID_ELSEWHERE[name] ?? (typeof license === 'string' ? license : 'none');
        byLicence.set(licence, [...(byLicence.get(licence) ?? []), name]);
    }
    return [...byLicence]
        .map(([licence, names]) => ({ licence, packages: names }))
        .sort((a, b) => b.packages.length - a.packages.length || (a.licence < b.licence ? -1 : 1));
}

/** Packages for production with a licence that nobody has looked at, and a table in the README that is not true. */
export function findLicenceProblems(repository: Repository): Problem[] {
    const lockfile = repository.get(LOCKFILE) ?? '{}';
    const readme = repository.get(README) ?? '';
    const licences = licencesIn(lockfile);
    const unknown = licences
        .filter(({ licence }) => !KNOWN.has(licence) && !Object.values(SAID_ELSEWHERE).includes(licence))
        .flatMap(({ licence, packages }) =>
            packages
                .filter((name) => NAMED[name] !== licence)
                .map((name) => {
                    const line = lineAt(lockfile, lockfile.indexOf(`node_modules/${name}"`));
                    return { file: LOCKFILE, line, message: `${name} has the licence ${licence}: look at it first` };
                }),
        );
    const untold = licences
        .map(({ licence, packages }) => `| ${licence} | ${packages.length} |`)
        .filter((row) => !readme.includes(`${row}\n`))
        .map((row) => ({ file: README, line: lineAt(readme, readme.indexOf('## Licences')), message: `lacks ${row}` }));
    const unnamed = licences
        .flatMap(({ packages }) => packages)
        .filter((name) => name in NAMED && !readme.includes(`\`${name}\``))
        .map((name) => ({ file: README, line: 1, message: `does not name ${name}, which is ${NAMED[name]}` }));
    return [...unknown, ...untold, ...unnamed];
}
