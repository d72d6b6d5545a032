import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { LESSONS } from '../course/lessons.js';
import { titleOf, withoutWay } from '../course/lesson-text.js';
import { FIGURES } from './figures.js';
import type { Place } from './menu.js';
import { figureHtml } from './pages/figure.js';
import { wayPage } from './pages/home.js';
import { lessonPage, textPage } from './pages/lesson.js';
import { lessonsPage } from './pages/lessons.js';
import type { PageContext } from './pages/page.js';
import { filePlace, lessonPlace, hrefTo, PLACES } from './places.js';
import { markdownHtml, type MarkdownHtml } from './text/markdown-html.js';
import { linkedFiles, placeOfLink, readText, TEXTS } from './text/repository-files.js';

/** Makes the page at a place. */
export type PageMaker = (context: PageContext, place: Place) => string;

/** The pages that are there to be read, by their places. */
export function readingPages(): Map<string, PageMaker> {
    const pages = new Map<string, PageMaker>([
        [PLACES.home, (context, place) => wayPage({ context, place, scripts: scriptsOf() })],
        [PLACES.lessons, (context, { lessons }) => lessonsPage(context, lessons, aboutLessons(context))],
    ]);
    for (const lesson of LESSONS) {
        pages.set(lessonPlace(lesson), (context, { lessons }) => {
            const path = `lessons/${lesson.file}`;
            const state = lessons.find((one) => one.lesson.file === lesson.file)!;
            return lessonPage({ context, ...state, text: rendered(path, withoutWay(readText(path)), context) });
        });
    }
    for (const [path, place] of Object.entries(TEXTS)) {
        if (!pages.has(place)) pages.set(place, (context) => filePage(path, context));
    }
    for (const path of linkedFiles()) {
        if (!path.endsWith('.svg')) pages.set(filePlace(path), (context) => filePage(path, context));
    }
    return pages;
}

/** What `lessons/README.md` says beside the list of lessons. */
function aboutLessons(context: PageContext): MarkdownHtml {
    const path = 'lessons/README.md';
    const text = readText(path);
    return rendered(path, text.slice(text.indexOf('\n## ')), context);
}

function filePage(path: string, context: PageContext): string {
    const text = readText(path);
    if (path.endsWith('.md')) return textPage(context, titleOf(text) || path, rendered(path, text, context));
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([found]) => found.length + 1)));
    const language = path.slice(path.lastIndexOf('.') + 1);
    return textPage(context, path, rendered(path, `# ${path}\n\n${fence}${language}\n${text}\n${fence}\n`, context));
}

/** A file's Markdown, in which links lead to pages of the course. */
export function rendered(path: string, text: string, context: PageContext): MarkdownHtml {
    return markdownHtml(text, {
        hrefOf: (href) => {
            const to = placeOfLink(href, path);
            return to === undefined ? undefined : hrefTo(context.place, to);
        },
        figure: (name) => {
            const figure = Object.hasOwn(FIGURES, name) ? FIGURES[name] : undefined;
            return figure ? figureHtml(context, name, figure) : '';
        },
    });
}

/** The scripts of package.json: what a learner can be told to run. */
function scriptsOf(): Record<string, string> {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
        scripts: Record<string, string>;
    };
    return scripts;
}
