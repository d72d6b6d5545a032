import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import chalk from 'chalk';

import { findLesson } from '../course/lessons.js';
import type { Progress } from '../course/progress.js';
import { firstOpenStage } from '../exercise/progress.js';
import { exerciseFolder, type SmallExercise, SMALL_EXERCISES, TRACKER } from '../exercise/small/exercises.js';
import { tellSmallFailure } from '../exercise/small/small-failure.js';
import { showSmallHint } from '../exercise/small/small-hints.js';
import type { SmallProgress } from '../exercise/small/small-progress.js';
import type { SmallResult } from '../exercise/small/try-exercise.js';
import { wrap } from '../base/terminal/wrap.js';
import { failureLines } from './check-view.js';
import { renderMarkdown } from './markdown/render.js';

/** Longer lines are hard to read. */
export const EXERCISE_MAX_WIDTH = 100;

/** Which exercise this is. */
export function exerciseHeading({ number, title }: Pick<SmallExercise, 'number' | 'title'>): string {
    return chalk.bold(`Exercise ${number} of ${TRACKER.number}: ${title}`);
}

/** The task of an exercise, as its README has it below the heading. */
export function taskText(exercise: SmallExercise, width: number): string {
    const readme = readFileSync(join(exerciseFolder(exercise), 'README.md'), 'utf8');
    const folder = posix.join('exercises', exercise.folder);
    return renderMarkdown(readme.replace(/^# .*\n+/, '').replace(/^Lesson: .*$/m, lessonLine(exercise)), {
        width: Math.min(width, EXERCISE_MAX_WIDTH),
        placeOf: (href) => posix.join(folder, href.split('#')[0]!),
        picture: '',
    }).trimEnd();
}

function lessonLine({ lesson }: SmallExercise): string {
    return `Lesson ${findLesson(String(lesson)).number}: \`npm run lesson -- ${lesson}\``;
}

/** What trying an exercise has shown. */
export function smallResultText(exercise: SmallExercise, result: SmallResult, width: number): string {
    const columns = Math.min(width, EXERCISE_MAX_WIDTH);
    const { report, problem, wallMillis } = result;
    const seconds = chalk.dim(`${(wallMillis / 1_000).toFixed(1)} s`);
    if (problem !== undefined) return [`${chalk.red('✘ Not passed')}`, ...wrap(problem, columns)].join('\n');
    const failure = tellSmallFailure(exercise, report);
    if (!failure) return `${chalk.green('✔ Passed.')}  ${seconds}`;
    return [`${chalk.red('✘ Not passed')}  ${seconds}`, ...failureLines(failure, columns)].join('\n');
}

/** All exercises, and which of them are passed; the present one is pointed at. */
export function exerciseList({ passed }: SmallProgress, stagesPassed: number[], present?: number): string {
    const isTrackerPassed = firstOpenStage({ passed: stagesPassed }) === undefined;
    const rows = [
        ...SMALL_EXERCISES.map(({ folder, ...exercise }) => ({ ...exercise, isPassed: passed.includes(folder) })),
        { ...TRACKER, lesson: 7, isPassed: isTrackerPassed },
    ];
    return rows
        .map(({ number, title, lesson, isPassed }) => {
            const sign = isPassed ? chalk.green('✔') : number === present ? chalk.cyan('▸') : ' ';
            return `${sign} ${number}  ${title}  ${chalk.dim(`lesson ${lesson}`)}`;
        })
        .join('\n');
}

/** The next hint of an exercise; that it was shown is remembered. After the last, the solution is named. */
export function exerciseHint(exercise: SmallExercise, progress: Progress<SmallProgress>, width: number): string {
    const { hints, of, solution, unkept } = showSmallHint(exercise, progress);
    const more = unkept === undefined ? [] : [unkept];
    if (solution !== undefined) return [`A solution: ${chalk.bold(solution)}`, ...more].join('\n');
    const number = hints.length;
    const next = number < of ? 'Once more gives the next one.' : 'Once more names a solution.';
    const lines = wrap(hints.at(-1)!, Math.min(width, EXERCISE_MAX_WIDTH));
    return [chalk.dim(`Hint ${number} of ${of}`), ...lines, chalk.dim(next), ...more].join('\n');
}
