import type { PartProgress } from '../course/part-progress.js';
import type { LessonState } from '../course/reading.js';
import { type SmallExercise, SMALL_EXERCISES, TRACKER } from '../exercise/small/exercises.js';

/** Where a learner is in the whole course. */
export interface Place {
    lessons: readonly LessonState[];
    quiz: PartProgress;
    /** The small exercises. */
    small: PartProgress;
    /** The stages of the tracker. */
    exercise: PartProgress;
    /** Whether there is a copy of the tracker to work on. */
    hasWorkspace: boolean;
}

/** Something that a learner can do now: an npm script with its arguments. */
export interface Entry {
    script: string;
    args: string[];
    text: string;
}

/**
 * What a learner can do now, what is next first. What package.json has no script for is left out.
 *
 * @param scripts Those of package.json.
 */
export function menuOf(place: Place, scripts: Readonly<Record<string, string>>): Entry[] {
    const { lessons, quiz, small, exercise, hasWorkspace } = place;
    const unread = lessons.find(({ isRead }) => !isRead);
    // A question is best asked when its lesson is fresh.
    const asked = lessons.find(
        ({ lesson, isRead }) => isRead && lesson.question && !quiz.done.includes(lesson.question),
    );
    const question = asked?.lesson.question;
    const isDone = exercise.done.length >= exercise.of;
    const isQuizNext = question !== undefined || (!unread && quiz.done.length < quiz.of);
    const entries: Entry[] = [
        unread
            ? {
                  script: 'lesson',
                  args: [`${unread.lesson.number}`],
                  text: `Read lesson ${unread.title} (${unread.minutes} min)`,
              }
            : { script: 'lesson', args: ['--list'], text: 'See all lessons' },
        {
            script: 'quiz',
            args: question === undefined ? [] : ['--question', `${question}`],
            text: question === undefined ? 'Go on with the quiz' : `Answer question ${question} of the quiz`,
        },
        ...smallEntries(lessons, small),
        ...(hasWorkspace ? ownTracker(exercise) : [WRITE_TRACKER]),
        { script: 'start', args: ['--demo'], text: 'Watch an Actor being moved, without and with handling (1 min)' },
        { script: 'solution', args: [], text: 'Run a step of the solution, struck as you choose' },
        { script: 'move', args: ['--help'], text: 'See how to move an Actor of your own' },
    ].filter(({ script }) => script in scripts);
    // It is set by one of the lessons, and the ones after it give the answer away.
    const isSet = lessons.some(({ lesson, isRead }) => isRead && lesson.hasExercise);
    const isTrackerNext = !isDone && (isSet || !unread);
    const isNext = (entry: Entry): boolean => {
        if (isQuizNext) return entry.script === 'quiz';
        if (dueExercise(lessons, small)) return entry.script === 'exercise' && entry !== WRITE_TRACKER;
        return isTrackerNext && (entry.script === 'check' || entry === WRITE_TRACKER);
    };
    return [...entries.filter(isNext), ...entries.filter((entry) => !isNext(entry))];
}

const WRITE_TRACKER: Entry = { script: 'exercise', args: [TRACKER.name], text: 'Write your own tracker' };

/** The first small exercise that is not passed and whose lesson is read. */
function dueExercise(lessons: Place['lessons'], { done }: PartProgress): SmallExercise | undefined {
    const read = lessons.filter(({ isRead }) => isRead).map(({ lesson }) => lesson.number);
    return SMALL_EXERCISES.find(({ number, lesson }) => !done.includes(number) && read.includes(lesson));
}

function smallEntries(lessons: Place['lessons'], small: PartProgress): Entry[] {
    const due = dueExercise(lessons, small);
    if (due) return [{ script: 'exercise', args: [`${due.number}`], text: `Do exercise ${due.number}: ${due.title}` }];
    if (small.done.length === small.of) return [];
    return [{ script: 'exercise', args: [], text: 'Do a small exercise' }];
}

/** What there is to do with a copy of the tracker. */
function ownTracker({ done, of }: PartProgress): Entry[] {
    const check = { script: 'check', args: [], text: `Check your own tracker (${done.length} of ${of} stages passed)` };
    if (done.length < of) return [check, { script: 'hint', args: [], text: 'Get a hint for your own tracker' }];
    return [check, { script: 'prove', args: ['workspace'], text: 'Strike your own tracker at every single API call' }];
}

/** How far a learner is, in one line. */
export function placeText(
    { lessons, quiz, small, exercise }: Place,
    scripts: Readonly<Record<string, string>>,
): string {
    const read = lessons.filter(({ isRead }) => isRead).length;
    return [
        `${read} of ${lessons.length} lessons read`,
        ...('quiz' in scripts ? [`${quiz.done.length} of ${quiz.of} questions answered`] : []),
        ...('exercise' in scripts ? [`${small.done.length} of ${small.of} small exercises passed`] : []),
        ...('check' in scripts ? [`${exercise.done.length} of ${exercise.of} stages of the tracker passed`] : []),
    ].join(', ');
}
