import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';

import { minifySync } from 'rolldown/utils';

import { readModule } from '../checks/modules.js';
import { packageOf } from '../checks/rooms.js';

/** The rooms that make the package, all of each but what only tests use. None of them imports another room. */
const ROOMS = ['base', 'trace', 'platform', 'faults', 'mover', 'replay'];
/** The program, which brings mover and replay together. */
const PROGRAM = join('src', 'package', 'actors-move.ts');
/** The page's own modules: they are in its bundle. */
const PAGE = 'page';

/**
 * Copies the compiled modules of the package. Comments stay behind: the declarations have them.
 *
 * @param root The project.
 * @param to The package's folder.
 * @returns Names of the packages that the modules import.
 */
export async function copyModules(root: string, to: string): Promise<Set<string>> {
    const packages = new Set<string>();
    const sources = [PROGRAM];
    for (const room of ROOMS) {
        const folder = join('src', room);
        // By their sources: of what is gone, the compiler leaves its output.
        for (const name of await readdir(join(root, folder), { recursive: true })) {
            const isUsed = !name.split(sep).some((part) => part === 'fixtures' || part === PAGE);
            if (isUsed && /(?<!\.test|\.d)\.ts$/.test(name)) sources.push(join(folder, name));
        }
    }
    for (const source of sources) {
        const file = join('dist', source.replace(/\.ts$/, '.js'));
        const text = await readFile(join(root, file), 'utf8');
        for (const { from } of readModule(file, text).imports) if (!isOwn(from)) packages.add(packageOf(from));
        await mkdir(dirname(join(to, file)), { recursive: true });
        await writeFile(join(to, file), withoutComments(file, text));
    }
    return packages;
}

function withoutComments(file: string, text: string): string {
    const { code, errors } = minifySync(file, text, {
        compress: false,
        mangle: false,
        codegen: { removeWhitespace: false },
    });
    if (errors[0]) throw new Error(`${file} can't be read: ${errors[0].message}`);
    return code;
}

/**
 * Copies a compiled module's type declarations and all that they mention.
 *
 * @param entry A declaration file below `dist/`.
 * @returns Names of the packages that the declarations import.
 */
export async function copyDeclarations(root: string, to: string, entry: string): Promise<Set<string>> {
    const files = new Set<string>();
    const packages = new Set<string>();
    const visit = async (file: string): Promise<void> => {
        if (files.has(file)) return;
        files.add(file);
        await mkdir(dirname(join(to, file)), { recursive: true });
        await cp(join(root, file), join(to, file));
        for (const { from } of readModule(file, await readFile(join(root, file), 'utf8')).imports) {
            if (isOwn(from)) await visit(normalize(join(dirname(file), from.replace(/\.js$/, '.d.ts'))));
            else packages.add(packageOf(from));
        }
    };
    await visit(join('dist', entry));
    return packages;
}

function isOwn(from: string): boolean {
    return from.startsWith('.');
}
