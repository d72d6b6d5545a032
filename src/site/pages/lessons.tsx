import type { LessonState } from '../../course/reading.js';
import { lessonPlace, hrefTo, PLACES } from '../places.js';
import type { MarkdownHtml } from '../text/markdown-html.js';
import { pageHtml, type PageContext } from './page.js';

/**
 * All lessons, and what belongs to them.
 *
 * @param more What is to be known of all of them.
 */
export function lessonsPage(context: PageContext, states: readonly LessonState[], more: MarkdownHtml): string {
    const link = (to: string): string => hrefTo(context.place, to);
    return pageHtml({
        context,
        title: 'Lessons',
        children: (
            <>
                <h1>Lessons</h1>
                <p class="lead">Each takes a few minutes, and ends with something to try.</p>
                <ol class="way">
                    {states.map(({ lesson, title, goal, minutes, isRead }) => (
                        <li key={lesson.number}>
                            <a class="title" href={link(lessonPlace(lesson))}>
                                {title.replace(/^\d+\. /, '')}
                            </a>{' '}
                            <span
                                class={isRead ? 'progress done' : 'progress'}
                                data-progress={`lesson-${lesson.file}`}
                                data-done="read"
                            >
                                {isRead ? '✔ read' : `${minutes} min`}
                            </span>
                            <p class="goal">{goal}</p>
                        </li>
                    ))}
                </ol>
                <p>
                    <a href={link(PLACES.glossary)}>Glossary</a> · <a href={link(PLACES.changes)}>What changed</a>
                </p>
                {/* eslint-disable-next-line react/no-danger -- Made from the course's own Markdown, all of it escaped. */}
                <div class="prose" dangerouslySetInnerHTML={{ __html: more.html }} />
            </>
        ),
    });
}
