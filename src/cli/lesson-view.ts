import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import chalk from 'chalk';

import { withoutWay } from '../course/lesson-text.js';
import { type Lesson, LESSONS } from '../course/lessons.js';
import type { LessonState } from '../course/reading.js';
import { SMALL_EXERCISES, TRACKER } from '../exercise/small/exercises.js';
import { projectRoot } from '../base/paths.js';
import { hang } from './markdown/columns.js';
import { renderMarkdown } from './markdown/render.js';

/** A lesson for a terminal, in lines of at most `width` columns. */
export function lessonView(lesson: Lesson, markdown: string, width: number): string {
    const text = renderMarkdown(withoutWay(markdown), {
        width,
        placeOf: (href) => placeOf(href, lesson),
        picture: `A picture stands here. GitHub and most editors show it in lessons/${lesson.file}.`,
    });
    return `${text}\n${chalk.dim(wayOf(lesson))}\n`;
}

/** What the words of the lessons mean, for a terminal. */
export function glossaryView(width: number): string {
    const markdown = readFileSync(join(projectRoot, 'lessons', 'glossary.md'), 'utf8');
    return renderMarkdown(markdown, {
        width,
        placeOf: (href) =>
            LESSONS.find(({ file }) => href.startsWith(file))
                ?.number.toString()
                .replace(/^/, 'lesson '),
        picture: '',
    });
}

/** What to show behind a link of a lesson to something in the repository. */
function placeOf(href: string, { file }: Lesson): string | undefined {
    const [path = ''] = href.split('#');
    if (path === '' || path === file) return undefined;
    const other = LESSONS.find((lesson) => lesson.file === path);
    if (other) return `lesson ${other.number}`;
    const place = posix.join('lessons', decodeURIComponent(path));
    // A question's file holds its answers, and the glossary only explains a word that is used.
    return place.startsWith('quiz/') || place === 'lessons/glossary.md' ? undefined : place.replace(/\/$/, '');
}

function wayOf(lesson: Lesson): string {
    const at = LESSONS.indexOf(lesson);
    const next = LESSONS[at + 1];
    return [
        ...(next ? [`Next: npm run lesson -- ${next.number}`] : []),
        ...(lesson.question === undefined ? [] : [`its question: npm run quiz -- --question ${lesson.question}`]),
        ...exercisesOf(lesson).map((name) => `its exercise: npm run exercise -- ${name}`),
        'all: npm run lesson -- --list',
        'its words: npm run lesson -- glossary',
    ].join(' · ');
}

/** As `npm run exercise` takes them. */
function exercisesOf({ number, hasExercise }: Lesson): string[] {
    const small = SMALL_EXERCISES.filter(({ lesson }) => lesson === number).map((exercise) => String(exercise.number));
    return [...small, ...(hasExercise ? [TRACKER.name] : [])];
}

/** All lessons, a line or two each. */
export function lessonList(states: readonly LessonState[], width: number): string {
    const lines = states.flatMap(({ title, goal, minutes, isRead }) => {
        const sign = isRead ? chalk.green('✔') : ' ';
        const more = [`${minutes} min`, ...(isRead ? ['read'] : [])].join(', ');
        const head = `${chalk.bold(title)}  ${chalk.dim(more)}`;
        return [...hang(`${sign} `, head, width), ...(goal === '' ? [] : hang('     ', chalk.dim(goal), width))];
    });
    return `${[...lines, '', 'What their words mean: npm run lesson -- glossary'].join('\n')}\n`;
}
