import { join } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { LESSONS } from '../course/lessons.js';
import { readHints, readSmallTexts } from '../exercise/content.js';
import { exerciseFolder } from '../exercise/small/exercises.js';
import { STAGES } from '../exercise/stages.js';
import { STARTER } from '../exercise/workspace.js';
import { type PageMaker, rendered } from './course-pages.js';
import type { ExerciseState } from './exercise-state.js';
import { type AnyExercise, EXERCISES, isTracker, nameOfExercise } from './exercises.js';
import type { Place } from './menu.js';
import { exercisePage, type ExercisePageProperties } from './pages/exercise.js';
import type { ExerciseWorkProperties } from './pages/exercise-work.js';
import { exercisesPage } from './pages/exercises.js';
import type { PageContext } from './pages/page.js';
import { exercisePlace, hrefTo, lessonPlace, PLACES } from './places.js';
import { readText } from './text/repository-files.js';

/** What a page of an exercise shows beside its task. */
export type Work = Pick<ExerciseWorkProperties, 'steps' | 'compared'> & { state: ExerciseState };

/** The pages of the exercises, by their places. */
export function exercisePages(): Map<string, PageMaker> {
    return new Map<string, PageMaker>([
        [PLACES.exercises, listPage],
        ...[...EXERCISES].map(([name, exercise]): [string, PageMaker] => [
            exercisePlace(name),
            (context) => pageOfExercise(context, exercise),
        ]),
    ]);
}

function listPage(context: PageContext, { small, exercise: tracker }: Place): string {
    const rows = [...EXERCISES].map(([name, exercise]) => ({
        name,
        number: exercise.number,
        title: exercise.title,
        href: hrefTo(context.place, exercisePlace(name)),
        lesson: lessonOf(context, exercise),
        ...(isTracker(exercise)
            ? {
                  isPassed: tracker.done.length >= tracker.of,
                  open: `${tracker.done.length} of ${tracker.of} stages`,
              }
            : { isPassed: small.done.includes(exercise.number), open: '' }),
    }));
    return exercisesPage(context, rows);
}

/** @param work What is done of it, where a server can run it. */
export function pageOfExercise(context: PageContext, exercise: AnyExercise, work?: Work): string {
    const next = nextOf(context, exercise);
    return exercisePage({
        context,
        name: nameOfExercise(exercise),
        heading: `Exercise ${exercise.number}: ${exercise.title}`,
        task: taskOf(exercise, context),
        command: `npm run exercise -- ${nameOfExercise(exercise)}`,
        hints: hintsOf(exercise),
        next,
        ...(work && {
            work: { ...work, next, ...(isTracker(exercise) && { proof: hrefTo(context.place, PLACES.proof) }) },
        }),
    });
}

/** The README of an exercise, below its heading. */
function taskOf(exercise: AnyExercise, context: PageContext): ExercisePageProperties['task'] {
    const folder = isTracker(exercise) ? STARTER : exerciseFolder(exercise);
    const path = join(folder, 'README.md')
        .slice(projectRoot.length + 1)
        .replaceAll('\\', '/');
    return rendered(path, readText(path).replace(/^# .*\n+/, ''), context);
}

function lessonOf(context: PageContext, exercise: AnyExercise): { number: number; href: string } {
    const number = isTracker(exercise) ? LESSONS.find(({ hasExercise }) => hasExercise)!.number : exercise.lesson;
    return { number, href: hrefTo(context.place, lessonPlace({ number })) };
}

function hintsOf(exercise: AnyExercise): ExercisePageProperties['hints'] {
    if (!isTracker(exercise)) return [{ heading: 'Hints', hints: readSmallTexts(exercise.folder).hints }];
    return readHints().map(({ stage, hints }) => {
        const { title } = STAGES.find(({ number }) => number === stage)!;
        return { heading: `Stage ${stage}: ${title}`, hints };
    });
}

function nextOf(context: PageContext, exercise: AnyExercise): { href: string; text: string } {
    const next = [...EXERCISES.values()].find(({ number }) => number === exercise.number + 1);
    if (!next) return { href: hrefTo(context.place, PLACES.home), text: 'To the way through the course' };
    const text = isTracker(next) ? 'Next: the tracker' : `Next: exercise ${next.number}, ${next.title}`;
    return { href: hrefTo(context.place, exercisePlace(nameOfExercise(next))), text };
}
