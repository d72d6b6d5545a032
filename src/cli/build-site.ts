/** The part of `npm run build` that makes what pages of the course load: scripts, styles, an icon. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

import { projectRoot } from '../base/paths.js';
import { ASSETS_DIR } from '../site/server/assets.js';

const client = join(projectRoot, 'src', 'site', 'client');
const ENTRIES = ['page', 'figure', 'lab', 'exercise', 'proof', 'quiz', 'quiz-static'];
const STYLES = [
    join(projectRoot, 'src', 'replay', 'page', 'style.css'),
    join(client, 'site.css'),
    join(client, 'exercise.css'),
    join(client, 'quiz.css'),
];

rmSync(ASSETS_DIR, { recursive: true, force: true });
mkdirSync(ASSETS_DIR, { recursive: true });
const build = await rolldown({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(client, `${name}.tsx`)])),
    platform: 'browser',
    transform: { target: 'es2022' },
    onLog: (level, log) => {
        if (level === 'warn') throw new Error(log.message);
    },
});
const { output } = await build.write({
    dir: ASSETS_DIR,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared-[name].js',
});
await build.close();
writeFileSync(join(ASSETS_DIR, 'site.css'), STYLES.map((file) => readFileSync(file, 'utf8')).join('\n'));
writeFileSync(join(ASSETS_DIR, 'icon.svg'), readFileSync(join(client, 'icon.svg')));
const files = [...output.map(({ fileName }) => fileName), 'site.css', 'icon.svg'];
writeFileSync(join(ASSETS_DIR, 'files.json'), JSON.stringify(files));
