/** The part of `npm run build` that puts the page of the replay into one script, for reports that need nothing else. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { rolldown } from 'rolldown';
import writeFileAtomic from 'write-file-atomic';

import { projectRoot } from '../base/paths.js';
import { PAGE_SCRIPT, PAGE_STYLE } from '../replay/page-files.js';

const dir = join(projectRoot, 'src', 'replay', 'page');
for (const [file, text] of [
    [PAGE_SCRIPT, await bundled(join(dir, 'main.tsx'))],
    [PAGE_STYLE, readFileSync(join(dir, 'style.css'), 'utf8')],
] as const) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, text);
}

/** The page's script, from its sources: a text that can stand within a page. */
async function bundled(input: string): Promise<string> {
    const build = await rolldown({
        input,
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
        return output[0].code.replaceAll('</script', String.raw`<\/script`);
    } finally {
        await build.close();
    }
}
