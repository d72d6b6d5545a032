import { aside, type Block, text } from './block.js';
import { briefing, ordealText, resumeBriefing } from './briefing.js';
import { type Course, type CourseStage, stageOf } from './course.js';
import { type Event, step } from './engine.js';
import type { Face } from './face.js';
import { closing, feedback } from './feedback.js';
import { eventOf, formOf, wantsRun } from './form.js';
import type { ProbeOf, Question, Tracker } from './question.js';

/** What a prediction's trial has shown. */
export interface PredictionOutcome {
    tracker: Tracker;
    /** Offers that the object counts, and how many there are. */
    counted: number;
    truth: number;
}

/** What the quiz needs from around it. */
export interface Surroundings {
    /** Has `after` on disk when it returns: the course as it is kept, with what was answered elsewhere meanwhile. */
    keep: (question: Question, before: Course, after: Course) => Course;
    /**
     * Runs the trial. The text says why there is nothing to show.
     *
     * @throws when the learner stops it.
     */
    run: (
        probe: ProbeOf<'predict'>,
        onPage: (served: number, expected: number) => void,
    ) => Promise<PredictionOutcome | string>;
}

/** Takes a learner through what is left of a course. Every answer is kept before the next one is asked for. */
export async function play(
    question: Question,
    started: Course,
    face: Face,
    surroundings: Surroundings,
): Promise<Course> {
    let course = started;
    let stage = stageOf(question, course);
    face.show(resumeBriefing(question, course, stage));
    while (stage.type !== 'over') {
        const event = await nextEvent(question, course, stage, face, surroundings);
        const after = surroundings.keep(question, course, step(question, course, event));
        const told = feedback(question, stage, after);
        face.show(told);
        if (told.length > 0) await face.pause();
        course = after;
        stage = stageOf(question, course);
    }
    face.show(closing(question, course));
    return course;
}

async function nextEvent(
    question: Question,
    course: Course,
    stage: Exclude<CourseStage, { type: 'over' }>,
    face: Face,
    { run }: Surroundings,
): Promise<Event> {
    if (stage.type !== 'run') {
        face.show(briefing(question, course, stage));
        return eventOf(question, stage, await face.ask(formOf(question, course, stage)));
    }
    const { probe } = stage;
    face.show(briefing(question, course, stage));
    if (!wantsRun(await face.ask(formOf(question, course, stage)))) return { type: 'ran', shown: null };
    face.tick(`Running step ${probe.step}, ${ordealText(probe)} …`);
    const shown = await run(probe, (served, expected) =>
        face.tick(`Running step ${probe.step}: ${Math.min(served, expected)} of ${expected} pages`),
    );
    face.show(toldOf(shown));
    return { type: 'ran', shown: typeof shown === 'string' ? null : shown.tracker };
}

function toldOf(shown: PredictionOutcome | string): Block[] {
    if (typeof shown === 'string') return [text(shown)];
    return [aside(`The run has ended: ${shown.counted} offers counted of ${shown.truth}.`)];
}
