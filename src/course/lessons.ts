import { UsageError } from '../base/usage-error.js';

/** One lesson of the course: a Markdown file in `lessons/`. Its title is the file's first heading. */
export interface Lesson {
    number: number;
    /** Below `lessons/`. */
    file: string;
    /** Number of the knowledge-check question that it prepares; see questions.ts. */
    question?: number;
    /** It sets the large exercise, the tracker. */
    hasExercise?: true;
}

/** All lessons in course order. */
export const LESSONS: readonly Lesson[] = [
    { number: 1, file: '01-actors-move.md' },
    { number: 2, file: '02-what-survives.md', question: 2 },
    { number: 3, file: '03-hearing-it-coming.md', question: 4 },
    { number: 4, file: '04-what-crawlee-does.md', question: 3 },
    { number: 5, file: '05-where-state-lives.md', question: 5 },
    { number: 6, file: '06-restart-on-error.md', question: 1 },
    { number: 7, file: '07-the-task.md', hasExercise: true },
    { number: 8, file: '08-exactly-once.md' },
    { number: 9, file: '09-in-your-own-actor.md' },
];

/**
 * The lesson with a number, as a person types it.
 *
 * @throws UsageError that names the lessons.
 */
export function findLesson(wanted: string): Lesson {
    const lesson = LESSONS.find(({ number }) => String(number) === wanted);
    if (!lesson) {
        throw new UsageError(
            `There is no lesson '${wanted}'. Lessons are ${LESSONS[0]!.number} to ${LESSONS.at(-1)!.number}.`,
        );
    }
    return lesson;
}
