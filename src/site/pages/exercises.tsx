import { pageHtml, type PageContext } from './page.js';

/** An exercise in the list. */
export interface ExerciseRow {
    name: string;
    number: number;
    title: string;
    href: string;
    lesson: { number: number; href: string };
    isPassed: boolean;
    /** How far it is, where it is not passed. */
    open: string;
}

/** All exercises, and which of them are passed. */
export function exercisesPage(context: PageContext, rows: readonly ExerciseRow[]): string {
    return pageHtml({
        context,
        title: 'Exercises',
        children: (
            <>
                <h1>Exercises</h1>
                <p class="lead">
                    Eight short Actors with one flaw each, and the tracker, with six stages. You change a copy in your
                    editor; it is run on this machine, struck, and judged by what it has left.
                </p>
                <ol class="way">
                    {rows.map(({ name, number, title, href, lesson, isPassed, open }) => (
                        <li key={name}>
                            <a class="title" href={href}>
                                {title}
                            </a>{' '}
                            <span
                                class={isPassed ? 'progress done' : 'progress'}
                                data-progress={name === String(number) ? `exercise-${name}` : name}
                                data-done="passed"
                            >
                                {isPassed ? '✔ passed' : open}
                            </span>
                            <p class="goal">
                                <a href={lesson.href}>Lesson {lesson.number}</a>
                            </p>
                        </li>
                    ))}
                </ol>
            </>
        ),
    });
}
