import { existsSync } from 'node:fs';

import { Progress } from '../course/progress.js';
import type { Course } from '../quiz/course.js';
import type { Question } from '../quiz/question.js';
import { EMPTY_RECORD, finish, keep, type QuizRecord, recordSchema } from '../quiz/record.js';
import { UsageError } from '../base/usage-error.js';

/** The quiz's record on disk. Folders and files that can't be written are a person's to mend, so they are told. */
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
        return this.#told(() => this.#progress.read());
    }

    keep(question: Question, before: Course, after: Course): void {
        this.#told(() => this.#progress.update((record) => keep(record, question, before, after, new Date())));
    }

    finish(question: Question, course: Course): void {
        this.#told(() => this.#progress.update((record) => finish(record, question, course, new Date())));
    }

    /** Returns where the record is now; undefined when there was none. */
    setAside(): string | undefined {
        if (!existsSync(this.file)) return undefined;
        return this.#told(() => this.#progress.setAside('reset'));
    }

    #told<T>(work: () => T): T {
        try {
            return work();
        } catch (error) {
            if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
            throw new UsageError(`Progress is kept in ${this.file}, and that failed: ${(error as Error).message}.`);
        }
    }
}
