import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { Progress } from '../course/progress.js';
import { UsageError } from '../base/usage-error.js';
import type { Course } from './course.js';
import type { Question } from './question.js';
import { EMPTY_RECORD, finish, keep, type QuizRecord, recordSchema } from './record.js';

/** The quiz's record on disk. Folders and files that can't be written are a person's to mend, so they are told. */
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
        return this.#told(() => this.#progress.read());
    }

    /** Has on disk what `change` makes of the record when it returns. Nothing is written where it changes nothing. */
    change(change: (record: QuizRecord) => QuizRecord): QuizRecord {
        return this.#told(() => {
            const present = this.#progress.read();
            const changed = change(present);
            return changed === present ? present : this.#progress.update(() => changed);
        });
    }

    /**
     * @throws UsageError when the course went on elsewhere since `before`, so that no answer is written over.
     */
    keep(question: Question, before: Course, after: Course): void {
        this.change((record) => {
            if (!wentOn(record, before)) return keep(record, question, before, after, new Date());
            throw new UsageError(
                `Question ${question.number} was answered elsewhere meanwhile, in a browser or in another terminal. ` +
                    'Nothing is lost: npm run quiz goes on where it is now.',
            );
        });
    }

    finish(question: Question, course: Course): void {
        this.change((record) => finish(record, question, course, new Date()));
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

/** Whether a course is another one in the record by now, or over. */
function wentOn({ courses, finished }: QuizRecord, course: Course): boolean {
    const isSame = ({ mode, question }: Course): boolean => mode === course.mode && question === course.question;
    const present = courses.find(isSame);
    // As it would be read back: JSON knows no negative zero.
    if (present) return !isDeepStrictEqual(present, JSON.parse(JSON.stringify(course)));
    return finished.some((one) => isSame(one) && one.seed === course.seed);
}
