import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

import { projectRoot } from '../../base/paths.js';
import { LESSONS } from '../../course/lessons.js';
import { withoutFences } from '../../course/markdown-text.js';
import { QUESTIONS } from '../../course/questions.js';
import { SMALL_EXERCISES, TRACKER } from '../../exercise/small/exercises.js';
import { exercisePlace, filePlace, lessonPlace, PLACES, questionPlace } from '../places.js';

/** Texts of `lessons/` that have pages of their own. */
export const TEXTS: Readonly<Record<string, string>> = {
    'lessons/README.md': PLACES.lessons,
    'lessons/glossary.md': PLACES.glossary,
    'lessons/what-changed.md': PLACES.changes,
    ...Object.fromEntries(LESSONS.map((lesson) => [`lessons/${lesson.file}`, lessonPlace(lesson)])),
};

/** Files of the repository that the course shows in another way than as they are. */
const OWN_PLACES: Readonly<Record<string, string>> = {
    ...TEXTS,
    ...Object.fromEntries(QUESTIONS.map(({ number, file }) => [`quiz/${file}`, questionPlace(number)])),
    ...Object.fromEntries(
        SMALL_EXERCISES.map(({ number, folder }) => [`exercises/${folder}/README.md`, exercisePlace(number)]),
    ),
    'exercises/asin-tracker/README.md': exercisePlace(TRACKER.name),
};

const LINK = /\]\(([^)\s]+)\)/g;

/**
 * Files of the repository that lessons lead to, directly or by the way of another: only these are shown. By their
 * paths, with `/`.
 */
export function linkedFiles(): ReadonlySet<string> {
    files ??= collect();
    return files;
}

let files: ReadonlySet<string> | undefined;

function collect(): Set<string> {
    const found = new Set<string>();
    const seen = new Set(Object.keys(TEXTS));
    const open = [...seen];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
        const text = withoutFences(readText(path));
        for (const [, href = ''] of text.matchAll(LINK)) {
            const target = targetOf(href, path);
            if (target === undefined || seen.has(target)) continue;
            seen.add(target);
            if (!(target in OWN_PLACES)) found.add(target);
            if (target.endsWith('.md')) open.push(target);
        }
    }
    return found;
}

/** The text of a file of the repository. */
export function readText(path: string): string {
    return readFileSync(join(projectRoot, path), 'utf8').replaceAll('\r\n', '\n');
}

/** The file that a link of another file leads to; undefined when it leads out of the repository, or to none. */
function targetOf(href: string, from: string): string | undefined {
    if (/^([a-z]+:|#)/i.test(href)) return undefined;
    const [path = ''] = href.split('#');
    const target = posix.join(posix.dirname(from), decodeURIComponent(path)).replace(/\/$/, '');
    const file = join(projectRoot, target);
    if (target.startsWith('..') || !existsSync(file)) return undefined;
    if (!statSync(file).isDirectory()) return target;
    return existsSync(join(file, 'README.md')) ? `${target}/README.md` : undefined;
}

/** The place where the course shows what a link of a file leads to; undefined where it shows nothing of it. */
export function placeOfLink(href: string, from: string): string | undefined {
    const target = targetOf(href, from);
    if (target === undefined) return undefined;
    const [, hash] = href.split('#');
    const behind = hash === undefined ? '' : `#${hash}`;
    const own = OWN_PLACES[target];
    if (own !== undefined) return `${own}${behind}`;
    if (!linkedFiles().has(target)) return undefined;
    // A picture is shown as itself.
    if (target.endsWith('.svg')) return `${PLACES.files}${target}`;
    return `${filePlace(target)}${behind}`;
}
