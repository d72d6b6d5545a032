import { LESSONS } from '../../course/lessons.js';
import type { LessonState } from '../../course/reading.js';
import { SMALL_EXERCISES, TRACKER } from '../../exercise/small/exercises.js';
import { exercisePlace, lessonPlace, hrefTo, PLACES, questionPlace } from '../places.js';
import type { MarkdownHtml } from '../text/markdown-html.js';
import { pageHtml, type PageContext } from './page.js';

export interface LessonPageProperties extends LessonState {
    context: PageContext;
    text: MarkdownHtml;
}

/** A lesson, and what comes after it. */
export function lessonPage({ context, lesson, title, minutes, isRead, text }: LessonPageProperties): string {
    const link = (to: string): string => hrefTo(context.place, to);
    const at = LESSONS.indexOf(lesson);
    const [previous, next] = [LESSONS[at - 1], LESSONS[at + 1]];
    const exercises = SMALL_EXERCISES.filter((exercise) => exercise.lesson === lesson.number);
    return pageHtml({
        context,
        title,
        scripts: ['figure.js'],
        children: (
            <article class="lesson">
                {/* eslint-disable-next-line react/no-danger -- Made from the course's own Markdown, all of it escaped. */}
                <header class="prose" dangerouslySetInnerHTML={{ __html: text.lead }} />
                <nav class="contents" aria-label="In this lesson">
                    <p class="minutes">{minutes} min</p>
                    <ol>
                        {text.headings.map((heading) => (
                            <li key={heading.id}>
                                <a href={`#${heading.id}`}>{heading.text}</a>
                            </li>
                        ))}
                    </ol>
                </nav>
                {/* eslint-disable-next-line react/no-danger -- As above. */}
                <div class="prose" dangerouslySetInnerHTML={{ __html: text.html.slice(text.lead.length) }} />
                <nav class="after" aria-label="After this lesson">
                    {context.isLive && (
                        <form method="post" action={`${link(context.place)}read`} class="read">
                            <button type="submit" name="to" value={next ? 'next' : 'home'}>
                                {next ? 'Read: on to the next lesson' : 'Read: back to the way'}
                            </button>{' '}
                            {isRead && <span class="progress done">✔ read</span>}
                        </form>
                    )}
                    {!context.isLive && (
                        <button
                            type="button"
                            class="read"
                            data-read={lesson.file}
                            data-to={link(next ? lessonPlace(next) : '')}
                        >
                            {next ? 'Read: on to the next lesson' : 'Read: back to the way'}
                        </button>
                    )}
                    <ul class="tasks">
                        {lesson.question !== undefined && (
                            <li>
                                <a href={link(questionPlace(lesson.question))}>
                                    Question {lesson.question} of the quiz
                                </a>
                            </li>
                        )}
                        {exercises.map(({ number, title: named }) => (
                            <li key={number}>
                                <a href={link(exercisePlace(number))}>
                                    Exercise {number}: {named}
                                </a>
                            </li>
                        ))}
                        {lesson.hasExercise && (
                            <li>
                                <a href={link(exercisePlace(TRACKER.name))}>{TRACKER.title}</a>
                            </li>
                        )}
                        {previous && (
                            <li>
                                <a href={link(lessonPlace(previous))}>The lesson before: {previous.number}</a>
                            </li>
                        )}
                        <li>
                            <a href={link(PLACES.lessons)}>All lessons</a>
                        </li>
                    </ul>
                </nav>
            </article>
        ),
    });
}

/** A text of the course that is no lesson: the glossary, a README, a file of code. */
export function textPage(context: PageContext, title: string, { html }: MarkdownHtml): string {
    return pageHtml({
        context,
        title,
        scripts: ['figure.js'],
        children: (
            // eslint-disable-next-line react/no-danger -- Made from the repository's own files, all of it escaped.
            <article class="prose" dangerouslySetInnerHTML={{ __html: html }} />
        ),
    });
}
