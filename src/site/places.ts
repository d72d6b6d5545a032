import { posix } from 'node:path';

import type { Lesson } from '../course/lessons.js';

/** Where the pages of the course are, below its root. They end in `/`, so that a static site can hold them as folders. */
export const PLACES = {
    home: '',
    lessons: 'lessons/',
    glossary: 'lessons/glossary/',
    changes: 'lessons/what-changed/',
    quiz: 'quiz/',
    exercises: 'exercises/',
    lab: 'lab/',
    proof: 'proof/',
    files: 'files/',
    assets: 'assets/',
    recordings: 'recordings/',
} as const;

export function lessonPlace({ number }: Pick<Lesson, 'number'>): string {
    return `${PLACES.lessons}${number}/`;
}

export function questionPlace(number: number): string {
    return `${PLACES.quiz}${number}/`;
}

/** @param name Its number, or the name of the tracker. */
export function exercisePlace(name: number | string): string {
    return `${PLACES.exercises}${name}/`;
}

/** Where a file of the repository is shown. */
export function filePlace(path: string): string {
    return `${PLACES.files}${path}/`;
}

/**
 * The address by which a page reaches another place: relative, so that the course can lie below any path.
 *
 * @param from Place of the page.
 */
export function hrefTo(from: string, to: string): string {
    const [path = '', hash] = to.split('#');
    const relative = posix.relative(`/${from}`, `/${path}`);
    const address = path.endsWith('/') || path === '' ? `${relative || '.'}/` : relative;
    return hash === undefined ? address : `${address}#${hash}`;
}
