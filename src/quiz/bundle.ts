import { dirname, relative, resolve } from 'node:path';

import { rolldown } from 'rolldown';

/** Begins the id of a module that stands for an unused package; no path begins so. */
const EMPTY = '\0unused:';

/**
 * Bundles a compiled command into one CommonJS file, since reading many small ones is most of what its start takes.
 *
 * @param input The command's compiled file.
 * @param output Where the bundle will be.
 * @param outside Compiled files that are not bundled, with all that they import.
 * @param unused Packages that others import and that the command never uses: in the bundle they are empty.
 * @returns The bundle's text.
 */
export async function bundle(
    input: string,
    output: string,
    { outside, unused }: { outside: readonly string[]; unused: readonly string[] },
): Promise<string> {
    const build = await rolldown({
        input,
        platform: 'node',
        // What only a module outside uses is dropped: the trial's platform and shop, for one.
        treeshake: { moduleSideEffects: false },
        plugins: [
            {
                name: 'leave-outside',
                resolveId(source, importer) {
                    if (unused.includes(source)) return `${EMPTY}${source}`;
                    const file = importer === undefined ? source : resolve(dirname(importer), source);
                    if (!outside.includes(file)) return null;
                    return { id: relative(dirname(output), file).replaceAll('\\', '/'), external: true };
                },
                load: (id) => (id.startsWith(EMPTY) ? 'export default undefined;' : null),
            },
        ],
        onLog: (level, log) => {
            if (level === 'warn') throw new Error(log.message);
        },
    });
    try {
        const { output: chunks } = await build.generate({ format: 'cjs', codeSplitting: false });
        // A script that V8 has kept compiled imports nothing by itself: whoever runs it gives it `importOutside`.
        return chunks[0].code.replaceAll(/\bimport\((?="\.)/g, 'importOutside(');
    } finally {
        await build.close();
    }
}
