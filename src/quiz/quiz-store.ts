import { existsSync } from 'node:fs';

import { Progress } from '../course/progress.js';
import type { Course } from './course.js';
import type { Question } from './question.js';
import { courseIn, EMPTY_RECORD, finish, keep, type QuizRecord, recordSchema } from './record.js';

/** The quiz's record on disk. */
export class QuizStore {
    readonly #progress: Progress<QuizRecord>;

    /**
     * @param warn Told in one line when a damaged file was set aside.
     * @param dir Default: see `courseHome`.
     */
    constructor(warn: (message: string) => void, dir?: string) {
        const where = dir === undefined ? {} : { dir };
        this.#progress = new Progress({ name: 'quiz', schema: recordSchema, empty: EMPTY_RECORD, warn, ...where });
    }

    get file(): string {
        return this.#progress.file;
    }

    read(): QuizRecord {
        return this.#progress.read();
    }

    /** Has on disk what `change` makes of the record when it returns. Nothing is written where it changes nothing. */
    change(change: (record: QuizRecord) => QuizRecord): QuizRecord {
        return this.#progress.update(change);
    }

    keep(question: Question, before: Course, after: Course): Course {
        const record = this.change((present) => keep(present, question, before, after, new Date()));
        return courseIn(record, after)!;
    }

    finish(question: Question, course: Course): void {
        this.change((record) => finish(record, question, course, new Date()));
    }

    /** Returns where the record is now; undefined when there was none. */
    setAside(): string | undefined {
        if (!existsSync(this.file)) return undefined;
        return this.#progress.setAside('reset');
    }
}
