import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

/** The page's script and style, each as one text that stands within a page. */
export interface PageParts {
    script: string;
    style: string;
}

/**
 * Bundles the page of the replay.
 *
 * @param root The project: what is bundled are its sources.
 */
export async function bundlePage(root: string): Promise<PageParts> {
    const dir = join(root, 'src', 'replay', 'page');
    const build = await rolldown({
        input: join(dir, 'main.tsx'),
        platform: 'browser',
        // Its tsconfig.json says how JSX is meant.
        transform: { target: 'es2022' },
        onLog: (level, log) => {
            if (level === 'warn') throw new Error(log.message);
        },
    });
    try {
        const { output } = await build.generate({ format: 'iife', minify: true, codeSplitting: false });
        // Within a page this would end the script.
        const script = output[0].code.replaceAll('</script', String.raw`<\/script`);
        return { script, style: await readFile(join(dir, 'style.css'), 'utf8') };
    } finally {
        await build.close();
    }
}
