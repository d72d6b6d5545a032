import type { LessonState } from '../../course/reading.js';
import type { PartProgress } from '../../course/part-progress.js';
import { SMALL_EXERCISES, TRACKER } from '../../exercise/small/exercises.js';
import { type Entry, menuOf, type Place, placeText } from '../menu.js';
import { exercisePlace, lessonPlace, hrefTo, PLACES, questionPlace } from '../places.js';
import { pageHtml, type PageContext } from './page.js';

interface HomeProperties {
    context: PageContext;
    /** Where the learner is. */
    place: Place;
    /** Scripts of package.json. */
    scripts: Readonly<Record<string, string>>;
}

/** The way through the course: what is done, and what is next. */
export function wayPage({ context, place, scripts }: HomeProperties): string {
    const [next] = menuOf(place, scripts);
    const link = (to: string): string => hrefTo(context.place, to);
    return pageHtml({
        context,
        title: 'Actors Move',
        children: (
            <>
                <h1>Actors Move</h1>
                <p class="lead">
                    A run of an Apify Actor can be moved to another server at any moment: its process is killed and
                    started anew, with the same storages and an empty memory. Here you see what that does to an Actor,
                    and learn to write one that loses nothing.
                </p>
                <p class="next">
                    <a class="button" href={link(placeOfEntry(next!))}>
                        {next!.text}
                    </a>
                </p>
                <p class="where">
                    {context.isLive ? (
                        `${placeText(place, scripts)}.`
                    ) : (
                        <>
                            Progress is kept in this browser. Runs are recorded here: to run and strike Actors yourself,
                            have the course on your machine, and there <code>npm ci && npm start</code>.
                        </>
                    )}
                </p>
                <h2 id="way">The way</h2>
                <ol class="way">
                    {place.lessons.map((state) => (
                        <LessonRow
                            key={state.lesson.number}
                            state={state}
                            place={place}
                            link={link}
                            isLive={context.isLive}
                        />
                    ))}
                </ol>
                <h2 id="more">Beside the way</h2>
                <ul class="beside">
                    <li>
                        <a href={link(PLACES.lab)}>The lab</a>:{' '}
                        {context.isLive
                            ? 'run a step of the solution, strike it, and look at any moment of it.'
                            : 'runs of the steps of the solution, how they were struck, and each of their moments.'}
                    </li>
                    <li>
                        <a href={link(PLACES.proof)}>The proof</a>: every state in which a crash can leave a run, and
                        what came of it.
                    </li>
                    <li>
                        <a href={link(PLACES.glossary)}>Glossary</a>, and{' '}
                        <a href={link(PLACES.changes)}>what changed</a> since older texts were written.
                    </li>
                </ul>
            </>
        ),
    });
}

interface LessonRowProperties {
    state: LessonState;
    place: Place;
    link: (to: string) => string;
    isLive: boolean;
}

function LessonRow({ state: { lesson, title, goal, minutes, isRead }, place, link, isLive }: LessonRowProperties) {
    const exercises = SMALL_EXERCISES.filter((exercise) => exercise.lesson === lesson.number);
    return (
        <li data-lesson={lesson.number}>
            <a class="title" href={link(lessonPlace(lesson))}>
                {title.replace(/^\d+\. /, '')}
            </a>{' '}
            <Mark
                name={`lesson-${lesson.file}`}
                isDone={isRead}
                done="read"
                open={`${minutes} min`}
                next={`Read lesson ${title} (${minutes} min)`}
            />
            <p class="goal">{goal}</p>
            <ul class="tasks">
                {lesson.question !== undefined && (
                    <li>
                        <a href={link(questionPlace(lesson.question))}>Question {lesson.question}</a>{' '}
                        <Mark
                            name={`question-${lesson.question}`}
                            {...markOf(place.quiz, lesson.question)}
                            done="answered"
                            next={`Answer question ${lesson.question} of the quiz`}
                        />
                    </li>
                )}
                {exercises.map(({ number, title: named }) => (
                    <li key={number}>
                        <a href={link(exercisePlace(number))}>
                            Exercise {number}: {named}
                        </a>{' '}
                        <Mark name={`exercise-${number}`} {...markOf(place.small, number)} done="passed" />
                    </li>
                ))}
                {lesson.hasExercise && (
                    <li>
                        <a href={link(exercisePlace(TRACKER.name))}>{TRACKER.title}</a>{' '}
                        <Mark
                            name="tracker"
                            isDone={place.exercise.done.length >= place.exercise.of}
                            done="passed"
                            open={isLive ? `${place.exercise.done.length} of ${place.exercise.of} stages` : ''}
                        />
                    </li>
                )}
            </ul>
        </li>
    );
}

function markOf({ done }: PartProgress, number: number): { isDone: boolean } {
    return { isDone: done.includes(number) };
}

interface MarkProperties {
    name: string;
    isDone: boolean;
    done: string;
    open?: string;
    /** How the button to what is next calls it, where it can be done without a server. */
    next?: string;
}

/** What is done says so; a static page is told by its script. */
function Mark({ name, isDone, done, open = '', next }: MarkProperties) {
    return (
        <span class={isDone ? 'progress done' : 'progress'} data-progress={name} data-done={done} data-next={next}>
            {isDone ? `✔ ${done}` : open}
        </span>
    );
}

/** Where a learner does in the browser what an entry of the terminal's menu does. */
function placeOfEntry({ script, args: [first, second] }: Entry): string {
    switch (script) {
        case 'lesson':
            return first === undefined || first.startsWith('-') ? PLACES.lessons : `${PLACES.lessons}${first}/`;
        case 'quiz':
            return first === '--question' ? questionPlace(Number(second)) : PLACES.quiz;
        case 'exercise':
            return first === undefined ? PLACES.exercises : exercisePlace(first);
        case 'check':
        case 'hint':
            return exercisePlace(TRACKER.name);
        case 'prove':
            return PLACES.proof;
        default:
            return PLACES.lab;
    }
}
