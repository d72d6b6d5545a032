import GithubSlugger from 'github-slugger';

import { withoutFences } from '../../course/markdown-text.js';
import { titleOf } from '../../course/lesson-text.js';
import type { ProbeOf, Question } from '../../quiz/question.js';
import { type FigureRun, RECORDED_RUNS, recordingName } from '../figures.js';
import type { PageContext } from '../pages/page.js';
import { hrefTo, PLACES, questionPlace } from '../places.js';
import { recordingFile } from '../recordings.js';
import { placeOfLink, readText } from '../text/repository-files.js';
import { type QuizLinks, type RunLink, runKey } from './quiz-links.js';

/** Where the review of what is due is. */
export const REVIEW_PLACE = `${PLACES.quiz}review/`;

/**
 * What a page of the quiz leads to, as seen from its place.
 *
 * @param shown The questions whose texts it shows. Default: all.
 */
export function linksOf(
    { place }: PageContext,
    questions: readonly Question[],
    shown: readonly Question[] = questions,
): QuizLinks {
    const link = (to: string): string => hrefTo(place, to);
    const lessons = shown.flatMap((question) => [...question.lessons, ...question.probes.map(({ lesson }) => lesson)]);
    return {
        overview: link(PLACES.quiz),
        review: link(REVIEW_PLACE),
        questions: Object.fromEntries(questions.map(({ number }) => [number, link(questionPlace(number))])),
        lessons: Object.fromEntries(
            [...new Set(lessons)].flatMap((lesson) => {
                const to = placeOfLink(lesson, '');
                return to === undefined ? [] : [[lesson, { href: link(to), text: nameOf(lesson) }]];
            }),
        ),
        runs: Object.fromEntries(
            shown.flatMap((question) =>
                question.probes.flatMap((probe) => {
                    const run = probe.kind === 'predict' ? runLink(probe, link) : undefined;
                    return run ? [[runKey(question.number, probe.id), run]] : [];
                }),
            ),
        ),
    };
}

/** Titles of lessons and of their parts, by path: each file is read once. */
const headings = new Map<string, { title: string; parts: ReadonlyMap<string, string> }>();

/** A lesson, and the part of it, by their headings: `3. Hearing it coming: How much time is left`. */
function nameOf(lesson: string): string {
    const [path = '', anchor] = lesson.split('#');
    const known = headings.get(path) ?? headingsOf(path);
    headings.set(path, known);
    const part = anchor === undefined ? undefined : known.parts.get(anchor);
    return part === undefined ? known.title : `${known.title}: ${part}`;
}

function headingsOf(path: string): { title: string; parts: ReadonlyMap<string, string> } {
    const text = readText(path);
    const slugger = new GithubSlugger();
    const found = [...withoutFences(text).matchAll(/^#+ +(.+?)\s*$/gm)].map(([, heading = '']): [string, string] => {
        const plain = heading.replaceAll('`', '');
        return [slugger.slug(plain), plain];
    });
    return { title: titleOf(text), parts: new Map(found) };
}

/** The recorded run of a prediction. */
export function runOfPrediction({ step, fault, reboot }: ProbeOf<'predict'>): FigureRun {
    const settings = { fault, ...(!reboot && { reboot }) };
    return { label: `step ${step}, ${fault}${reboot ? '' : ', no reboot'}`, step, settings };
}

function runLink(probe: ProbeOf<'predict'>, link: (to: string) => string): RunLink | undefined {
    const run = runOfPrediction(probe);
    const name = recordingName(run);
    if (!RECORDED_RUNS.has(name)) return undefined;
    return {
        label: run.label,
        recording: link(`${PLACES.recordings}${recordingFile(name)}`),
        lab: link(`${PLACES.lab}#run=${name}`),
    };
}
