import type { PartProgress } from '../course/part-progress.js';
import type { LessonState } from '../course/reading.js';

/** Where a learner is in the whole course. */
export interface Place {
    lessons: readonly LessonState[];
    quiz: PartProgress;
    exercise: PartProgress;
    /** Whether there is a copy of the exercise to work on. */
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
    const { lessons, quiz, exercise, hasWorkspace } = place;
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
        ...(hasWorkspace ? ownTracker(exercise) : [{ script: 'exercise', args: [], text: 'Write your own tracker' }]),
        { script: 'start', args: ['--demo'], text: 'Watch an Actor being moved, without and with handling (1 min)' },
        { script: 'solution', args: [], text: 'Run a step of the solution, struck as you choose' },
        { script: 'move', args: ['--help'], text: 'See how to move an Actor of your own' },
    ].filter(({ script }) => script in scripts);
    // It is set by one of the lessons, and the ones after it give the answer away.
    const isSet = lessons.some(({ lesson, isRead }) => isRead && lesson.hasExercise);
    const isExerciseNext = !isQuizNext && !isDone && (isSet || !unread);
    const next = isQuizNext ? ['quiz'] : isExerciseNext ? ['check', 'exercise'] : [];
    const isNext = ({ script }: Entry): boolean => next.includes(script);
    return [...entries.filter(isNext), ...entries.filter((entry) => !isNext(entry))];
}

/** What there is to do with a copy of the exercise. */
function ownTracker({ done, of }: PartProgress): Entry[] {
    const check = { script: 'check', args: [], text: `Check your own tracker (${done.length} of ${of} stages passed)` };
    if (done.length < of) return [check, { script: 'hint', args: [], text: 'Get a hint for your own tracker' }];
    return [check, { script: 'prove', args: ['workspace'], text: 'Strike your own tracker at every single API call' }];
}

/** How far a learner is, in one line. */
export function placeText({ lessons, quiz, exercise }: Place, scripts: Readonly<Record<string, string>>): string {
    const read = lessons.filter(({ isRead }) => isRead).length;
    return [
        `${read} of ${lessons.length} lessons read`,
        ...('quiz' in scripts ? [`${quiz.done.length} of ${quiz.of} questions answered`] : []),
        ...('check' in scripts ? [`${exercise.done.length} of ${exercise.of} stages of the exercise passed`] : []),
    ].join(', ');
}
