import { rolldown } from 'rolldown';

/**
 * Bundles a compiled command into one file, since reading many small ones is most of what its start takes.
 *
 * @param input The command's compiled file.
 * @param output Where the bundle will be: imports of what stays outside are relative to it.
 * @param external Compiled files that stay outside, with all that they import.
 * @returns The bundle's text.
 */
export async function bundle(input: string, output: string, external: readonly string[]): Promise<string> {
    const build = await rolldown({
        input,
        platform: 'node',
        external: (id) => external.includes(id),
        // What only a module outside uses is dropped: the trial's platform and shop, for one.
        treeshake: { moduleSideEffects: false },
        onLog: (level, log) => {
            if (level === 'warn') throw new Error(log.message);
        },
    });
    try {
        const { output: chunks } = await build.generate({ format: 'esm', file: output, codeSplitting: false });
        return chunks[0].code;
    } finally {
        await build.close();
    }
}
