import path from 'node:path';

import { goalOf, readingMinutes, titleOf } from '../course/lesson-text.js';
import { type Lesson, LESSONS } from '../course/lessons.js';
import { withoutFences } from '../course/markdown-text.js';
import { QUESTIONS } from '../course/questions.js';
import { lineAt, type Problem, type Repository } from './repository.js';

const FOLDER = 'lessons';
const INDEX = `${FOLDER}/README.md`;
const MANIFEST = 'src/course/lessons.ts';
/** Texts beside the lessons that are none. */
const OTHERS = ['README.md', 'glossary.md', 'what-changed.md'];
const MOST_MINUTES = 10;
const BULLETS = { least: 3, most: 6 };

/**
 * Lessons that lack a part that each one has, or that lead to the wrong place, and what the list of lessons and their
 * index say of them that is not so.
 */
export function findLessonProblems(repository: Repository, lessons: readonly Lesson[] = LESSONS): Problem[] {
    return [
        ...findMissing(repository, lessons),
        ...findStray(repository, lessons),
        ...lessons.flatMap((lesson) => findWrongParts(lesson, repository, lessons)),
        ...findWrongIndex(repository, lessons),
    ];
}

function findMissing(repository: Repository, lessons: readonly Lesson[]): Problem[] {
    const manifest = repository.get(MANIFEST) ?? '';
    return [...lessons.map(({ file }) => file), ...OTHERS]
        .filter((file) => !repository.has(`${FOLDER}/${file}`))
        .map((file) => ({
            file: MANIFEST,
            line: lineAt(manifest, manifest.indexOf(file)),
            message: `the course has ${FOLDER}/${file}, but there is no such file`,
        }));
}

function findStray(repository: Repository, lessons: readonly Lesson[]): Problem[] {
    const known = new Set([...lessons.map(({ file }) => file), ...OTHERS]);
    return [...repository.keys()]
        .filter((file) => path.posix.dirname(file) === FOLDER)
        .map((file) => ({ file, text: path.posix.basename(file).replace(/(?:\.slow)?\.test\.ts$/, '.md') }))
        .filter(({ text }) => text.endsWith('.md') && !known.has(text))
        .map(({ file, text }) => ({ file, line: 1, message: `belongs to ${text}, which ${MANIFEST} does not list` }));
}

function findWrongParts(lesson: Lesson, repository: Repository, lessons: readonly Lesson[]): Problem[] {
    const file = `${FOLDER}/${lesson.file}`;
    const text = repository.get(file);
    if (!text) return [];
    const minutes = readingMinutes(text);
    return [
        ...(titleOf(text).startsWith(`${lesson.number}. `)
            ? []
            : [`its title does not begin with "${lesson.number}. "`]),
        ...(goalOf(text) === '' ? ['has no line "**Goal:** …"'] : []),
        ...(sectionOf(text, 'Try it') === undefined ? ['has no section "Try it"'] : []),
        ...wrongWithSummary(sectionOf(text, 'In short')),
        ...wrongWithCheck(sectionOf(text, 'Check yourself'), lesson),
        ...wrongWithWay(text, lesson, repository, lessons),
        ...(minutes > MOST_MINUTES ? [`takes ${minutes} minutes to read, ${MOST_MINUTES} at most are meant`] : []),
    ].map((message) => ({ file, line: 1, message }));
}

function wrongWithSummary(section: string | undefined): string[] {
    if (section === undefined) return ['has no section "In short"'];
    const bullets = section.match(/^[-*] /gm)?.length ?? 0;
    if (bullets >= BULLETS.least && bullets <= BULLETS.most) return [];
    return [`"In short" has ${bullets} bullets, not ${BULLETS.least} to ${BULLETS.most}`];
}

function wrongWithCheck(section: string | undefined, { question }: Lesson): string[] {
    if (section === undefined) return ['has no section "Check yourself"'];
    if (question === undefined) {
        return /\bnpm (?:run|start|test)\b/.test(section) ? [] : ['"Check yourself" says no command to run'];
    }
    const { file } = QUESTIONS.find(({ number }) => number === question)!;
    return [
        ...(section.includes(`(../quiz/${file})`) ? [] : [`"Check yourself" does not link ../quiz/${file}`]),
        ...(section.includes(`npm run quiz -- --question ${question}`)
            ? []
            : [`"Check yourself" does not name "npm run quiz -- --question ${question}"`]),
    ];
}

/** The last line leads to the lessons before and after, by their titles, and to all of them. */
function wrongWithWay(text: string, { number }: Lesson, repository: Repository, lessons: readonly Lesson[]): string[] {
    const lastLine = withoutFootnotes(text).trimEnd().split('\n').at(-1)!;
    const linkTo = (other: Lesson | undefined, what: string): string[] => {
        const otherText = other && repository.get(`${FOLDER}/${other.file}`);
        return other && otherText ? [`${what}: [${titleOf(otherText)}](${other.file})`] : [];
    };
    const at = lessons.findIndex((lesson) => lesson.number === number);
    return [
        ...linkTo(lessons[at - 1], 'Previous'),
        ...linkTo(lessons[at + 1], 'Next'),
        '[All lessons](README.md)',
    ].flatMap((link) => (lastLine.includes(link) ? [] : [`its last line before the footnotes lacks "${link}"`]));
}

function withoutFootnotes(text: string): string {
    return withoutFences(text).replaceAll(/^\[\^[^\]\s]+\]:.*$/gm, '');
}

function sectionOf(text: string, heading: string): string | undefined {
    // The heading is looked for outside code, the section is read with it.
    const masked = withoutFences(text);
    const start = new RegExp(`^## ${heading}[ \\t]*$`, 'm').exec(masked);
    if (!start) return undefined;
    const from = start.index + start[0].length;
    const next = /^(?:#{1,2} |---$)/m.exec(masked.slice(from));
    return text.slice(from, next ? from + next.index : undefined);
}

function findWrongIndex(repository: Repository, lessons: readonly Lesson[]): Problem[] {
    const index = repository.get(INDEX);
    if (!index) return [];
    const rows = index.split('\n').map(cellsOf);
    // A table's header is the row above the dashes.
    const header = rows.find(
        (cells, n) => rows[n + 1]?.[0]?.startsWith('--') && cells.some((cell) => MINUTES.test(cell)),
    );
    const column = header?.findIndex((cell) => MINUTES.test(cell)) ?? -1;
    if (column === -1) return [{ file: INDEX, line: 1, message: 'has no table with a column for the minutes' }];
    return lessons.flatMap(({ file }) => {
        const text = repository.get(`${FOLDER}/${file}`);
        const line = rows.findIndex((cells) => cells.some((cell) => cell.includes(`](${file})`)));
        if (line === -1) return [{ file: INDEX, line: 1, message: `does not list ${file}` }];
        const said = parseInt(rows[line]![column] ?? '', 10);
        if (!text || said === readingMinutes(text)) return [];
        return [
            {
                file: INDEX,
                line: line + 1,
                message: `${file} takes ${readingMinutes(text)} minutes to read, not ${said}`,
            },
        ];
    });
}

const MINUTES = /\b(?:min|minutes|reading)\b/i;

function cellsOf(line: string): string[] {
    return line.startsWith('|')
        ? line
              .split('|')
              .slice(1, -1)
              .map((cell) => cell.trim())
        : [];
}
