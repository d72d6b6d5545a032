import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';

import { rolldown } from 'rolldown';

/** A program or module of the package, as a compiled file below `dist/`. */
const ENTRIES = ['src/package/actors-move.js', 'src/mover/index.js', 'src/platform/run/watchdog-process.js'];

/** Where modules are that do something by being loaded. */
const COMMANDS = [join('src', 'mover', 'cli'), join('src', 'package')];

/** What was written. */
export interface Bundle {
    /** Below the package's folder. */
    files: string[];
    /** Names of the packages that the files import. */
    packages: Set<string>;
}

/**
 * Writes the compiled modules that the package's entries reach, each to a file of its own under the same name. What
 * only the course uses is left out, also where a module that both use mentions it.
 *
 * @param root The project.
 * @param to The package's folder.
 */
export async function bundle(root: string, to: string): Promise<Bundle> {
    const dist = join(root, 'dist');
    const build = await rolldown({
        input: Object.fromEntries(ENTRIES.map((entry) => [entry.replace(/\.js$/, ''), join(dist, entry)])),
        external: (id) => isPackage(id),
        platform: 'node',
        // Only commands do something by being loaded; from all other modules what nobody uses can go.
        treeshake: { moduleSideEffects: (id) => COMMANDS.some((dir) => relative(dist, id).startsWith(dir + sep)) },
    });
    try {
        const { output } = await build.write({
            dir: join(to, 'dist'),
            format: 'esm',
            preserveModules: true,
            preserveModulesRoot: dist,
            entryFileNames: '[name].js',
        });
        const chunks = output.filter((file) => file.type === 'chunk');
        const own = new Set(output.map(({ fileName }) => fileName));
        const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
        return {
            files: chunks.map(({ fileName }) => join('dist', fileName)),
            packages: new Set(imports.filter((id) => !own.has(id) && isPackage(id) && !isBuiltin(id)).map(packageOf)),
        };
    } finally {
        await build.close();
    }
}

/** A bare specifier, and neither a path nor what a bundler makes up. */
export function isPackage(id: string): boolean {
    return /^(?:node:|@?[a-z])/.test(id) && !/^[a-z]:[\\/]/i.test(id);
}

/** `@scope/name/sub` belongs to `@scope/name`. */
export function packageOf(id: string): string {
    return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
