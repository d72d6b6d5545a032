import { cp, mkdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';

import { isPackage, packageOf } from './bundle.js';

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** What was copied. */
export interface Declarations {
    /** Below the package's folder. */
    files: string[];
    packages: Set<string>;
}

/**
 * Copies a compiled module's type declarations and all that they mention.
 *
 * @param root The project.
 * @param to The package's folder.
 * @param entry A declaration file below `dist/`.
 */
export async function copyDeclarations(root: string, to: string, entry: string): Promise<Declarations> {
    const files = new Set<string>();
    const packages = new Set<string>();
    const visit = async (file: string): Promise<void> => {
        if (files.has(file)) return;
        files.add(file);
        const text = await readFile(join(root, file), 'utf8');
        await mkdir(dirname(join(to, file)), { recursive: true });
        await cp(join(root, file), join(to, file));
        for (const [, id = ''] of text.matchAll(IMPORT)) {
            if (id.startsWith('.')) await visit(normalize(join(dirname(file), id.replace(/\.js$/, '.d.ts'))));
            else if (isPackage(id) && !isBuiltin(id)) packages.add(packageOf(id));
        }
    };
    await visit(join('dist', entry));
    return { files: [...files], packages };
}
