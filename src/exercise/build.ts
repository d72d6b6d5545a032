import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Plugin } from 'rolldown';

import { shortPath } from '../base/short-path.js';
import { compiled, projectRoot } from '../base/paths.js';
import { isAlive } from '../base/is-alive.js';
import { BuildError, explain } from './build-error.js';
import { MAIN_FILES } from './workspace.js';

/** A learner's Actor, ready to run on plain Node. */
export interface Build {
    /** Folder with all that it needs, see `image` of a trial. */
    image: string;
    command: [string, ...string[]];
    /** A folder of one's own for the data of trials. */
    scratch: string;
    /** Removes all of it. */
    remove: () => void;
}

const MAIN = 'main.mjs';
/** Far more than the exercise needs, and little enough for several trials side by side. */
export const HEAP_MBYTES = 512;

/**
 * Bundles a learner's Actor. Its packages and the shared parts of the demo Actor stay outside; types are removed, not
 * checked. The learner's folder is only read.
 *
 * @param dir Folder with `main.ts` or `main.js`.
 * @throws BuildError when there is no main file, a file can't be parsed, or an import leads nowhere.
 */
export async function build(dir: string): Promise<Build> {
    const main = MAIN_FILES.map((file) => join(dir, file)).find((file) => existsSync(file));
    if (!main)
        throw new BuildError(`${shortPath(dir)} has none of ${MAIN_FILES.join(', ')}: which file starts the Actor?`);
    const folder = newFolder();
    const image = join(folder, 'image');
    const missing: string[] = [];
    const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    try {
        // Loaded here, since only this needs it.
        const { rolldown } = await import('rolldown');
        const bundle = await rolldown({
            input: main,
            cwd: dir,
            platform: 'node',
            logLevel: 'silent',
            tsconfig: false,
            plugins: [outside(dir, (sentence) => missing.push(sentence))],
            resolve: { extensionAlias: { '.js': ['.ts', '.js'], '.mjs': ['.mts', '.mjs'] } },
        });
        await bundle.write({
            dir: image,
            format: 'esm',
            entryFileNames: MAIN,
            chunkFileNames: '[name]-[hash].mjs',
            // Stack traces then name the learner's files, wherever the bundle is run.
            sourcemap: true,
            sourcemapPathTransform: (source) => resolve(image, source),
        });
        await bundle.close();
        if (missing[0] !== undefined) throw new BuildError(missing[0]);
        copyData(dirname(main), image);
    } catch (error) {
        remove();
        throw error instanceof BuildError ? error : new BuildError(explain(error, dir), { cause: error });
    }
    const scratch = join(folder, 'trials');
    mkdirSync(scratch);
    const command: Build['command'] = [
        process.execPath,
        '--enable-source-maps',
        `--max-old-space-size=${HEAP_MBYTES}`,
        MAIN,
    ];
    return { image, command, scratch, remove };
}

const CODE = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.map']);
const NOT_COPIED = new Set(['node_modules', 'storage', 'README.md', 'tsconfig.json']);

/** What the Actor may read beside its code. */
function copyData(from: string, image: string): void {
    const isData = (file: string): boolean =>
        !CODE.has(extname(file)) && !NOT_COPIED.has(basename(file)) && !basename(file).startsWith('.');
    cpSync(from, image, { recursive: true, filter: (file) => file === from || isData(file) });
}

/**
 * A folder that no other process uses. It lies in `dist/`, which Git ignores and which is there wherever this runs;
 * what killed processes have left there is removed.
 */
function newFolder(): string {
    const base = compiled('workspace');
    mkdirSync(base, { recursive: true });
    for (const name of readdirSync(base)) {
        const pid = Number(name.split('-')[0]);
        if (pid !== process.pid && !isAlive(pid)) rmSync(join(base, name), { recursive: true, force: true });
    }
    for (let n = 1; ; n++) {
        const folder = join(base, `${process.pid}-${n}`);
        if (existsSync(folder)) continue;
        mkdirSync(folder);
        return folder;
    }
}

/**
 * Leaves packages and `src/` out of the bundle, by their full addresses: so the bundle runs from anywhere.
 *
 * @param miss Told of each package that is imported and not there, which the bundler would leave to the run.
 */
function outside(dir: string, miss: (sentence: string) => void): Plugin {
    return {
        name: 'outside',
        async resolveId(source, importer, { kind }) {
            if (importer === undefined || isBuiltin(source)) return null;
            const asId = (file: string): string => (kind === 'require-call' ? file : pathToFileURL(file).href);
            if (/^\.{1,2}\//.test(source)) {
                // The shared parts as seen from the workspace, which need not lie in this project.
                const target = relative(resolve(dir, '../..'), resolve(importer, '..', source))
                    .split(sep)
                    .join('/');
                if (!target.startsWith('src/')) return null;
                const file = compiled(target.replace(/\.ts$/, '.js'));
                return existsSync(file) ? { id: asId(file), external: true } : null;
            }
            if (/^[./\0]|^[a-z]+:|^[A-Z]:\\/.test(source)) return null;
            const found =
                (await this.resolve(source, importer, { kind, skipSelf: true })) ??
                (await this.resolve(source, join(projectRoot, 'package.json'), { kind, skipSelf: true }));
            if (found) return { id: asId(found.id), external: true };
            // What is only loaded while the Actor runs may be there for nothing but a try.
            if (kind === 'import-statement')
                miss(`${shortPath(importer)} imports '${source}', which is not installed.`);
            return null;
        },
    };
}
