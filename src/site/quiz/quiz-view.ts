import type { Block } from '../../quiz/block.js';
import { briefing, headingOf, probeBriefing } from '../../quiz/briefing.js';
import { type CourseStage, givenTo, probesOf, stageOf } from '../../quiz/course.js';
import { closing, feedback, rounded } from '../../quiz/feedback.js';
import type { Probe, Question } from '../../quiz/question.js';
import { dueProbes, nextDue, type QuizRecord } from '../../quiz/record.js';
import { dueText } from './due-text.js';
import { type NextStep, nextStep } from './next-step.js';
import { type Asked, askedAt, finishedAt, type QuizAt } from './quiz-at.js';
import { END, KEY_POINTS } from './take.js';

/** A probe in the line of all probes of a course. */
export interface TrailMark {
    id: string;
    state: 'right' | 'partly' | 'wrong' | 'open';
    isHere: boolean;
}

interface Shown {
    heading: string;
    trail: TrailMark[];
    blocks: Block[];
}

/** What a page of the quiz shows. */
export type QuizView =
    | (Shown & { type: 'ask'; asked: Asked; stage: Exclude<CourseStage, { type: 'over' }>; lastResult?: string })
    /** How an answer was judged; `next` is what is told then, undefined for what is asked then. */
    | (Shown & { type: 'told'; question: Question; probe?: Probe; next: string | undefined })
    /** How a question went; `due` says when something of it is asked again. */
    | (Shown & { type: 'over'; question: Question; due: string | undefined; next: NextStep | undefined })
    /** No review is under way. */
    | { type: 'no review'; heading: string; due: number; next: string | undefined };

export interface QuizViewOptions {
    record: QuizRecord;
    questions: readonly Question[];
    at: QuizAt;
    /** What is to be told: a probe's id, `KEY_POINTS` or `END`; what is not told yet is not. */
    after?: string | undefined;
    now: Date;
}

/** What the quiz shows at a place: a function of the record alone, so that a page that is loaded again is the same. */
export function quizView(options: QuizViewOptions): QuizView {
    const { record, questions, at, after, now } = options;
    const asked = askedAt(record, questions, at);
    if (after !== undefined) {
        const about = asked?.isUnderWay ? asked : finishedAt(record, questions, at);
        const told = about && toldView(about, after, options);
        if (told) return told;
    }
    if (!asked) {
        const next = nextDue(record, questions, now);
        const due = dueProbes(record, questions, now).length;
        return { type: 'no review', heading: 'Review', due, next: next && dueText(next, now) };
    }
    const { question, course } = asked;
    const stage = stageOf(question, course);
    if (stage.type === 'over') return endView(asked, options);
    const result = asked.isUnderWay ? undefined : record.results[question.number];
    return {
        type: 'ask',
        asked,
        stage,
        heading: headingFor(asked),
        trail: trailOf(asked, 'probe' in stage ? stage.probe.id : undefined),
        blocks: askBlocks(asked, stage),
        ...(result && { lastResult: `${rounded(result.points)} of ${result.of} points` }),
    };
}

function askBlocks({ question, course }: Asked, stage: Exclude<CourseStage, { type: 'over' }>): Block[] {
    if (stage.type === 'piece') return probeBriefing(question, course, stage.probe);
    if (stage.type === 'run') {
        const { answer } = givenTo(course, stage.probe)!;
        const guess = answer.kind === 'predict' ? stage.probe.choices[answer.choice]!.text : '';
        return [
            ...probeBriefing(question, course, stage.probe),
            { type: 'text', text: `Your guess: ${guess}` },
            ...briefing(question, course, stage),
        ];
    }
    return briefing(question, course, stage);
}

function toldView(asked: Asked, after: string, options: QuizViewOptions): QuizView | undefined {
    const { question, course } = asked;
    const isOver = stageOf(question, course).type === 'over';
    if (after === END) return isOver ? endView(asked, options) : undefined;
    const heading = headingFor(asked);
    if (after === KEY_POINTS) {
        if (course.keyPoints === undefined) return undefined;
        const told = feedback(question, { type: 'key points' }, course);
        const blocks: Block[] = [{ type: 'title', text: 'What a good answer has in it' }, ...told];
        return { type: 'told', question, heading, trail: trailOf(asked, undefined), blocks, next: undefined };
    }
    const probes = probesOf(question, course);
    const probe = probes.find(({ id }) => id === after);
    const told = probe && feedback(question, stageOfProbe(probe), course);
    if (!told || told.length === 0) return undefined;
    const next = isOver ? (probes[probes.indexOf(probe) + 1]?.id ?? END) : undefined;
    const blocks = [...probeBriefing(question, course, probe), ...told];
    return { type: 'told', question, probe, heading, trail: trailOf(asked, probe.id), blocks, next };
}

function stageOfProbe(probe: Probe): CourseStage {
    return probe.kind === 'order' || probe.kind === 'match'
        ? { type: 'piece', probe, placed: [] }
        : { type: 'probe', probe };
}

function endView(asked: Asked, { record, questions, now }: QuizViewOptions): QuizView {
    const { question, course } = asked;
    const isDue = dueProbes(record, [question], now).length > 0;
    const next = nextDue(record, [question], now);
    return {
        type: 'over',
        question,
        heading: headingFor(asked),
        trail: trailOf(asked, undefined),
        blocks: closing(question, course),
        due: isDue ? dueText(now, now) : next && dueText(next, now),
        next: nextStep(record, questions, now),
    };
}

function headingFor({ question, course }: Asked): string {
    return course.mode === 'review' ? `Review of question ${question.number}: ${question.title}` : headingOf(question);
}

function trailOf({ question, course }: Asked, here: string | undefined): TrailMark[] {
    return probesOf(question, course).map((probe) => {
        const given = givenTo(course, probe);
        const isJudged = given && !(probe.kind === 'predict' && given.shown === undefined);
        const judged = given?.credit === 1 ? 'right' : given?.credit === 0 ? 'wrong' : 'partly';
        return { id: probe.id, state: isJudged ? judged : 'open', isHere: probe.id === here };
    });
}
