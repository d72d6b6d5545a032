import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import * as v from 'valibot';

import { projectRoot } from '../base/paths.js';
import { PAGE_SCRIPT, PAGE_STYLE } from '../replay/page-files.js';
import { copyDeclarations, copyModules } from './copy-code.js';

const PROJECT = v.looseObject({
    name: v.string(),
    version: v.string(),
    license: v.string(),
    engines: v.record(v.string(), v.string()),
    dependencies: v.record(v.string(), v.string()),
    devDependencies: v.record(v.string(), v.string()),
});

/** Packages that a package of ours wants beside it. */
const PEERS: Readonly<Record<string, string>> = { '@apify/input_schema': 'ajv' };

/**
 * Makes the package `actors-move` in a folder: the mover without the course, with a package.json whose dependencies are
 * those that its code imports, at the project's versions.
 *
 * @param root The project, compiled.
 * @param to Replaced.
 * @throws Error when the code imports a package that the project does not list.
 */
export async function buildPackage(root: string, to: string): Promise<void> {
    await rm(to, { recursive: true, force: true });
    await mkdir(to, { recursive: true });
    const code = await copyModules(root, to);
    // The page of a report is read when one is made.
    for (const file of [PAGE_SCRIPT, PAGE_STYLE]) await cp(file, join(to, relative(projectRoot, file)));
    const types = await copyDeclarations(root, to, join('src', 'mover', 'index.d.ts'));
    const project = v.parse(PROJECT, JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    const { name, version, license, engines } = project;
    const known = { ...project.devDependencies, ...project.dependencies };
    const needed = [...code, ...types].filter((one) => one !== 'node').flatMap((one) => [one, PEERS[one] ?? one]);
    const manifest = {
        name,
        version,
        description:
            'Moves Apify Actors on your machine: migrations, crashes, aborts and API faults, and what they leave behind.',
        license,
        type: 'module',
        engines,
        bin: { 'actors-move': './dist/src/package/actors-move.js' },
        exports: {
            '.': { types: './dist/src/mover/index.d.ts', default: './dist/src/mover/index.js' },
            './package.json': './package.json',
        },
        files: ['dist', 'DIFFERENCES.md'],
        dependencies: Object.fromEntries([...new Set(needed)].sort().map((one) => [one, versionOf(one, known)])),
    };
    await writeFile(join(to, 'package.json'), `${JSON.stringify(manifest, null, 4)}\n`);
    await cp(join(root, 'LICENSE'), join(to, 'LICENSE'));
    const readme = await readFile(join(root, 'src', 'package', 'README.md'), 'utf8');
    await writeFile(join(to, 'README.md'), readme.replaceAll('](../../', ']('));
    const differences = await readFile(join(root, 'DIFFERENCES.md'), 'utf8');
    // What it links to is there as declarations.
    await writeFile(join(to, 'DIFFERENCES.md'), differences.replaceAll(/\]\((src\/[^)]*)\.ts\)/g, '](dist/$1.d.ts)'));
}

function versionOf(name: string, known: Readonly<Record<string, string>>): string {
    const version = known[name];
    if (version === undefined) throw new Error(`The package imports '${name}', which package.json does not list.`);
    return version;
}
