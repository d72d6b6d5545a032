import { readingMinutes } from '../course/lesson-text.js';
import { LESSONS } from '../course/lessons.js';
import type { Problem, Repository } from './repository.js';

/**
 * Lessons that lack what the course shows of them: number and title in the heading, goal, the way back and on, and a
 * line in the index with the minutes that it takes.
 */
export function findMisshapenLessons(repository: Repository): Problem[] {
    const index = repository.get('lessons/README.md') ?? '';
    return LESSONS.flatMap(({ number, file: name }, i) => {
        const file = `lessons/${name}`;
        const text = repository.get(file);
        if (text === undefined || text === null) return [{ file, line: 1, message: 'is in the list of lessons only' }];
        const minutes = readingMinutes(text);
        const [, title] = new RegExp(`^# ${number}\\. (.+)\\n`).exec(text) ?? [];
        const wrong: [boolean, string][] = [
            [title === undefined, `must begin with '# ${number}. <title>'`],
            [!text.includes('**Goal:** '), "lacks its '**Goal:** …'"],
            [!leadsTo(text, 'Previous: ', LESSONS[i - 1]?.file), "lacks 'Previous: ' with a link to the lesson before"],
            [!leadsTo(text, 'Next: ', LESSONS[i + 1]?.file), "lacks 'Next: ' with a link to the lesson after"],
            [
                !index.includes(`| [${number}. ${title}](${name}) | ${minutes} min |`),
                `needs the line '| [${number}. ${title}](${name}) | ${minutes} min | …' in lessons/README.md`,
            ],
        ];
        return wrong.flatMap(([isWrong, message]) => (isWrong ? [{ file, line: 1, message }] : []));
    });
}

/** Whether the last line leads to a lesson, or does not when there is none. */
function leadsTo(text: string, label: string, target: string | undefined): boolean {
    const [, link] = new RegExp(`${label}\\[[^\\]]+\\]\\(([^)]+)\\)`).exec(text) ?? [];
    return link === target;
}
