import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { unfinishedBeside } from '../base/unfinished.js';
import { LESSONS } from '../course/lessons.js';
import { QUESTIONS } from '../course/questions.js';
import { aboutLesson } from '../course/reading.js';
import { STAGE_NUMBERS } from '../exercise/stages.js';
import { SMALL_EXERCISES } from '../exercise/small/exercises.js';
import type { Place } from './menu.js';
import { assets } from './server/assets.js';
import { staticPages } from './all-pages.js';

/** What a static site holds. */
export interface SiteFigures {
    pages: number;
    files: number;
    bytes: number;
}

/**
 * Writes the course as a static site, which can lie below any path: its pages, what they load, and nothing else. What
 * was in the folder is replaced when all is written.
 *
 * @throws Error when it can't be written.
 */
export function exportSite(dir: string): SiteFigures {
    const fresh = unfinishedBeside(dir);
    const figures: SiteFigures = { pages: 0, files: 0, bytes: 0 };
    const write = (file: string, content: string | Buffer): void => {
        const path = join(fresh, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        figures.files += 1;
        figures.bytes += Buffer.byteLength(content);
    };
    const place = atTheStart();
    for (const [at, make] of staticPages()) {
        write(`${at}index.html`, make({ place: at, isLive: false }, place));
        figures.pages += 1;
    }
    for (const [at, { path }] of assets()) write(at, readFileSync(path));
    rmSync(dir, { recursive: true, force: true });
    renameSync(fresh, dir);
    return figures;
}

/** Where a learner is who has done nothing: what they do in the browser, their browser keeps. */
function atTheStart(): Place {
    return {
        lessons: LESSONS.map((lesson) => ({ lesson, ...aboutLesson(lesson), isRead: false })),
        quiz: { done: [], of: QUESTIONS.length },
        small: { done: [], of: SMALL_EXERCISES.length },
        exercise: { done: [], of: STAGE_NUMBERS.length },
        hasWorkspace: false,
    };
}
