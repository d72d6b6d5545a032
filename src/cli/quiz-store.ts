import { existsSync } from 'node:fs';

import { Progress } from '../course/progress.js';
import type { Course } from '../quiz/course.js';
import type { Question } from '../quiz/question.js';
import { courseIn, EMPTY_RECORD, finish, keep, type QuizRecord, recordSchema } from '../quiz/record.js';

/** The quiz's record on disk. */
export class QuizStore {
    readonly #progress = new Progress<QuizRecord>({
        name: 'quiz',
        schema: recordSchema,
        empty: EMPTY_RECORD,
        warn: (message) => process.stderr.write(`${message}\n`),
    });

    get file(): string {
        return this.#progress.file;
    }

    read(): QuizRecord {
        return this.#progress.read();
    }

    keep(question: Question, before: Course, after: Course): Course {
        const record = this.#progress.update((present) => keep(present, question, before, after, new Date()));
        return courseIn(record, after)!;
    }

    finish(question: Question, course: Course): void {
        this.#progress.update((record) => finish(record, question, course, new Date()));
    }

    /** Returns where the record is now; undefined when there was none. */
    setAside(): string | undefined {
        if (!existsSync(this.file)) return undefined;
        return this.#progress.setAside('reset');
    }
}
