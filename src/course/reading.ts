import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { projectRoot } from '../base/paths.js';
import { goalOf, readingMinutes, titleOf } from './lesson-text.js';
import { type Lesson, LESSONS } from './lessons.js';
import { Progress } from './progress.js';

/** What a lesson's text says of it. */
export interface AboutLesson {
    /** As its heading has it: `3. Hearing it coming`. */
    title: string;
    goal: string;
    minutes: number;
}

/** What is known of a lesson before it is read. */
export interface LessonState extends AboutLesson {
    lesson: Lesson;
    isRead: boolean;
}

const schema = v.object({
    /** Files of lessons: these stay what they are when lessons are numbered anew. */
    read: v.array(v.string()),
});

/** Which lessons a learner has read: the file `lessons.json` among the progress. */
export class Reading {
    readonly #progress: Progress<v.InferOutput<typeof schema>>;

    /**
     * @param warn Told in one line when a damaged file was set aside.
     * @param dir Default: `courseHome()`.
     */
    constructor(warn: (message: string) => void, dir?: string) {
        this.#progress = new Progress({ name: 'lessons', schema, empty: { read: [] }, warn, ...(dir && { dir }) });
    }

    /**
     * All lessons in course order.
     *
     * @throws Error when a lesson can't be read.
     */
    states(): LessonState[] {
        const { read } = this.#progress.read();
        return LESSONS.map((lesson) => {
            return { lesson, ...aboutLesson(lesson), isRead: read.includes(lesson.file) };
        });
    }

    /** The first lesson that is not read; undefined when all are. */
    next(): Lesson | undefined {
        const { read } = this.#progress.read();
        return LESSONS.find(({ file }) => !read.includes(file));
    }

    /** How many lessons are read. */
    count(): number {
        const { read } = this.#progress.read();
        return LESSONS.filter(({ file }) => read.includes(file)).length;
    }

    /**
     * @throws Error when the progress can't be written.
     */
    markRead({ file }: Lesson): void {
        this.#progress.update(({ read }) => ({ read: [...new Set([...read, file])] }));
    }
}

/** What a lesson's text says of it, for as long as the text stays as it is: a server asks for it again and again. */
const known = new Map<string, { text: string; about: AboutLesson }>();

/**
 * What is known of a lesson by its text.
 *
 * @throws Error when it can't be read.
 */
export function aboutLesson(lesson: Lesson): AboutLesson {
    const text = lessonText(lesson);
    const found = known.get(lesson.file);
    if (found?.text === text) return found.about;
    const about = { title: titleOf(text), goal: goalOf(text), minutes: readingMinutes(text) };
    known.set(lesson.file, { text, about });
    return about;
}

/**
 * The Markdown of a lesson.
 *
 * @throws Error when it can't be read.
 */
export function lessonText({ file }: Lesson): string {
    return readFileSync(join(projectRoot, 'lessons', file), 'utf8').replaceAll('\r\n', '\n');
}
