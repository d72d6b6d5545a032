import { aside, type Block, GAP, text, title } from './block.js';
import { type Course, probesOf, type CourseStage } from './course.js';
import type { Probe, ProbeOf, Question } from './question.js';
import { layoutOf } from './shuffle.js';

/** What must be read before the form of a stage can be filled in. */
export function briefing(question: Question, course: Course, stage: CourseStage): Block[] {
    switch (stage.type) {
        case 'recall':
            return [title(headingOf(question)), ...versionOf(question), text(question.question), GAP];
        case 'key points':
            return [
                title('A model answer'),
                ...(course.recall ? [aside(`You wrote: ${course.recall}`), GAP] : []),
                text(question.answer),
                GAP,
            ];
        case 'probe':
            return probeBriefing(question, course, stage.probe);
        case 'piece': {
            const { probe, placed } = stage;
            const next = probe.kind === 'order' ? [] : [text(itemAt(probe, placed.length, course.seed))];
            if (placed.length === 0) return [...probeBriefing(question, course, probe), ...next];
            return probe.kind === 'order' ? [GAP, ...soFar(stage, course)] : next;
        }
        case 'run':
            return [GAP, aside(`Step ${stage.probe.step} of the solution, ${ordealText(stage.probe)}.`)];
        case 'over':
            return [];
    }
}

/** What else must be read where a course is taken up again. */
export function resumeBriefing(question: Question, course: Course, stage: CourseStage): Block[] {
    if (stage.type === 'recall' || stage.type === 'over') return [];
    const isNew = course.mode === 'review' && Object.keys(course.answers).length === 0;
    if (isNew) return [];
    return [title(`${headingOf(question)} (going on)`), ...halfAnswered(question, course, stage)];
}

function halfAnswered(question: Question, course: Course, stage: CourseStage): Block[] {
    if (stage.type === 'run') return probeBriefing(question, course, stage.probe);
    if (stage.type !== 'piece' || stage.placed.length === 0) return [];
    return [...probeBriefing(question, course, stage.probe), ...soFar(stage, course)];
}

/** What was placed of an order or a match. */
function soFar({ probe, placed }: CourseStage & { type: 'piece' }, course: Course): Block[] {
    const { order } = layoutOf(probe, course.seed);
    const pieces = placed.map((place, at) =>
        probe.kind === 'order'
            ? `${at + 1}. ${probe.items[place]!.text}`
            : `${probe.items[order[at]!]!.text}: ${probe.groups[place]!}`,
    );
    return [aside('So far:'), ...pieces.map(aside)];
}

export function headingOf({ number, title: named }: Question): string {
    return `Question ${number}: ${named}`;
}

function versionOf({ version }: Question): Block[] {
    return version === undefined ? [] : [aside(`Speaks of ${version}.`)];
}

/** Which probe it is, and what it asks. */
export function probeBriefing(question: Question, course: Course, probe: Probe): Block[] {
    const probes = probesOf(question, course);
    const at = `${probes.findIndex(({ id }) => id === probe.id) + 1} of ${probes.length}`;
    const place = course.mode === 'review' ? `Review of question ${question.number}, ${at}` : `Probe ${at}`;
    return [title(`${place}${hintOf(probe)}`), text(probe.ask), GAP];
}

function hintOf({ kind }: Probe): string {
    switch (kind) {
        case 'order':
            return ': put in order';
        case 'match':
            return ': match';
        case 'multiple':
            return ': select all that apply';
        case 'predict':
            return ': predict, then run';
        case 'single':
        case 'number':
            return '';
    }
}

function itemAt(probe: ProbeOf<'match'>, at: number, seed: number): string {
    return probe.items[layoutOf(probe, seed).order[at]!]!.text;
}

/** What a predicted trial puts its step through. */
export function ordealText({ fault, reboot }: ProbeOf<'predict'>): string {
    if (fault === 'none') return 'undisturbed';
    return `struck by: ${fault}${reboot ? '' : ', and the platform ignores the reboot that the SDK asks for'}`;
}

/** The command that shows a predicted trial at length. */
export function predictionCommand({ step, fault, reboot }: ProbeOf<'predict'>): string {
    return `npm run solution -- ${step} --fault ${fault}${reboot ? '' : ' --no-reboot'}`;
}
