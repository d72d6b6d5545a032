import { aside, type Block, GAP, type Sign, text, title } from './block.js';
import { predictionCommand } from './briefing.js';
import { type Course, type Given, givenTo, type CourseStage } from './course.js';
import type { Probe, ProbeOf, Question } from './question.js';
import { type Score, scoreOf } from './score.js';
import { layoutOf } from './shuffle.js';

/** What an answer is worth being told: `after` is the course that the event at `stage` has led to. */
export function feedback(question: Question, stage: CourseStage, after: Course): Block[] {
    if (stage.type === 'key points') return keyPointFeedback(question, after);
    if (stage.type !== 'probe' && stage.type !== 'piece' && stage.type !== 'run') return [];
    const given = givenTo(after, stage.probe);
    // A prediction is judged only when its trial was run or skipped; half an order not at all.
    if (!given || (stage.probe.kind === 'predict' && given.shown === undefined)) return [];
    const explained = explain(stage.probe, given, after.seed);
    return [GAP, verdictOn(given.credit), GAP, ...explained, ...again(stage.probe, given.credit)];
}

/** How a course went, and what to read again. */
export function closing(question: Question, course: Course): Block[] {
    const score = scoreOf(question, course);
    const read = score.readAgain.map((lesson): Block => ({ type: 'item', sign: 'none', text: lesson }));
    return [
        title(course.mode === 'review' ? `Review of question ${question.number}` : `Question ${question.number}, done`),
        text(scoreText(score)),
        ...(read.length > 0 ? [text('To read again:'), ...read] : [text('Nothing to read again.')]),
        GAP,
    ];
}

/** A score in a sentence. */
function scoreText({ points, of, keyPoints, keyPointsOf }: Score): string {
    const probes = `${rounded(points)} of ${of} ${of === 1 ? 'point' : 'points'}`;
    return keyPointsOf === 0 ? `${probes}.` : `${probes}, and you recalled ${keyPoints} of ${keyPointsOf} key points.`;
}

/** Points with one decimal at most, and none more than were earned: 2.96 of 3 is not 3. */
export function rounded(points: number): string {
    return String(Math.floor(points * 10 + 1e-9) / 10);
}

function keyPointFeedback({ keyPoints }: Question, { keyPoints: ticked = [] }: Course): Block[] {
    const items = keyPoints.map(({ id, point, why }): Block => {
        return { type: 'item', sign: ticked.includes(id) ? 'recalled' : 'none', text: point, why };
    });
    return [GAP, ...items];
}

function verdictOn(credit: number): Block {
    if (credit === 1) return { type: 'verdict', sign: 'right', text: 'Right.' };
    if (credit === 0) return { type: 'verdict', sign: 'wrong', text: 'Not right.' };
    return { type: 'verdict', sign: 'partly', text: `Partly right: ${rounded(credit)} of 1 point.` };
}

function again({ lesson }: Probe, credit: number): Block[] {
    return credit === 1 ? [] : [aside(`Taught in ${lesson}`)];
}

function explain(probe: Probe, { answer, shown }: Given, seed: number): Block[] {
    switch (answer.kind) {
        case 'single':
            return explainChoices(probe as ProbeOf<'single'>, [answer.choice], seed);
        case 'multiple':
            return explainChoices(probe as ProbeOf<'multiple'>, answer.choices, seed);
        case 'order':
            return explainOrder(probe as ProbeOf<'order'>, answer.items);
        case 'match':
            return explainMatch(probe as ProbeOf<'match'>, answer.groups);
        case 'number': {
            const { answer: right, tolerance, unit, why } = probe as ProbeOf<'number'>;
            const around = tolerance === 0 ? '' : `, give or take ${tolerance}`;
            return [
                aside(`Your answer: ${answer.value} (${unit})`),
                { type: 'item', sign: 'right', text: `${right} (${unit})${around}`, why },
            ];
        }
        case 'predict':
            return explainPrediction(probe as ProbeOf<'predict'>, answer.choice, shown ?? null, seed);
    }
}

function explainChoices(probe: ProbeOf<'single' | 'multiple'>, given: readonly number[], seed: number): Block[] {
    return layoutOf(probe, seed).order.map((place) => {
        const { text: said, why, correct } = probe.choices[place]!;
        return choiceItem(said, why, correct === true, given.includes(place));
    });
}

function choiceItem(said: string, why: string, isRight: boolean, isGiven: boolean): Block {
    const sign: Sign = isRight ? 'right' : 'wrong';
    return { type: 'item', sign, text: said, why, ...(isGiven && { note: 'your answer' }) };
}

function explainOrder({ items }: ProbeOf<'order'>, given: readonly number[]): Block[] {
    return items.map(({ text: said, why }, place) => {
        const at = given.indexOf(place);
        const isRight = at === place;
        const note = isRight ? {} : { note: `you had it as number ${at + 1}` };
        return {
            type: 'item',
            sign: isRight ? 'in place' : 'out of place',
            text: `${place + 1}. ${said}`,
            why,
            ...note,
        };
    });
}

function explainMatch({ items, groups }: ProbeOf<'match'>, given: readonly number[]): Block[] {
    return items.map(({ text: said, group, why }, place) => {
        const chosen = groups[given[place]!]!;
        const isRight = chosen === group;
        const note = isRight ? {} : { note: `you said: ${chosen}` };
        const pair = `${said.replace(/\.$/, '')}: ${group}`;
        return { type: 'item', sign: isRight ? 'in place' : 'out of place', text: pair, why, ...note };
    });
}

function explainPrediction(
    probe: ProbeOf<'predict'>,
    guess: number,
    shown: Given['shown'] & (string | null),
    seed: number,
): Block[] {
    const { truth, choices } = probe;
    const sentences = [`Your guess: ${choices[guess]!.tracker}`];
    sentences.push(shown === null ? `What the trial shows: ${truth}` : `What the trial showed: ${shown}`);
    const isOdd = shown !== null && shown !== truth;
    if (isOdd) sentences.push(`The tests of this course see it end as ${truth}, and so your guess was judged by that.`);
    return [
        ...sentences.map(text),
        GAP,
        ...layoutOf(probe, seed).order.map((place) => {
            const { tracker, text: said, why } = choices[place]!;
            return choiceItem(said, why, tracker === truth, place === guess);
        }),
        aside(`To watch it: \`${predictionCommand(probe)}\``),
    ];
}
