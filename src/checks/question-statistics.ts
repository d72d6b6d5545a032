import type { Probe } from '../quiz/question.js';
import type { QuestionSource } from '../quiz/compile-questions.js';
import type { Problem } from './repository.js';

/** Every kind of probe; the compiler holds the list complete. */
const KINDS = Object.keys({
    single: true,
    multiple: true,
    order: true,
    match: true,
    number: true,
    predict: true,
} satisfies Record<Probe['kind'], true>) as Probe['kind'][];

/** So often at least each kind has to come. */
const FEWEST_OF_A_KIND = 2;

/** What somebody could go by who knows nothing: how often that would be right. */
export interface QuestionStatistics {
    questions: number;
    probes: Record<Probe['kind'], number>;
    single: GuessableChoices;
    predict: GuessableChoices;
    multiple: { right: number; choices: number };
}

/** Of probes with one right choice. */
export interface GuessableChoices {
    probes: number;
    /** How often a blind guess would be right: the sum of one over the number of choices. */
    byChance: number;
    rightIsLongest: number;
    rightIsShortest: number;
    /** How often the right choice stands first in the file, second and so on. */
    places: number[];
}

export function statisticsOf(sources: readonly QuestionSource[]): QuestionStatistics {
    const probes = sources.flatMap(({ question }) => question.probes);
    const ofKind = <K extends Probe['kind']>(kind: K): Extract<Probe, { kind: K }>[] =>
        probes.filter((probe): probe is Extract<Probe, { kind: K }> => probe.kind === kind);
    const many = ofKind('multiple').flatMap(({ choices }) => choices);
    return {
        questions: sources.length,
        probes: Object.fromEntries(KINDS.map((kind) => [kind, ofKind(kind).length])) as Record<Probe['kind'], number>,
        single: guessable(
            ofKind('single').map(({ choices }) => choices.map(({ text, correct = false }) => ({ text, correct }))),
        ),
        predict: guessable(
            ofKind('predict').map(({ choices, truth }) =>
                choices.map(({ text, tracker }) => ({ text, correct: tracker === truth })),
            ),
        ),
        multiple: { right: many.filter(({ correct }) => correct).length, choices: many.length },
    };
}

function guessable(probes: { text: string; correct: boolean }[][]): GuessableChoices {
    const places: number[] = [];
    let rightIsLongest = 0;
    let rightIsShortest = 0;
    for (const choices of probes) {
        const place = choices.findIndex(({ correct }) => correct);
        const { length } = choices[place]!.text;
        const others = choices.filter((_, i) => i !== place).map(({ text }) => text.length);
        for (let i = places.length; i <= place; i++) places.push(0);
        places[place]!++;
        if (others.every((other) => length > other)) rightIsLongest++;
        if (others.every((other) => length < other)) rightIsShortest++;
    }
    const byChance = probes.reduce((sum, { length }) => sum + 1 / length, 0);
    return { probes: probes.length, byChance, rightIsLongest, rightIsShortest, places };
}

/** Kinds that are too rare, and rules of thumb by which more than half of the answers could be guessed. */
export function findGuessable({ questions, probes, single, predict }: QuestionStatistics): Problem[] {
    if (questions === 0) return [];
    const rare = KINDS.filter((kind) => probes[kind] < FEWEST_OF_A_KIND).map(
        (kind) => `has ${probes[kind]} probes of the kind ${kind}, not ${FEWEST_OF_A_KIND} or more`,
    );
    const rules = Object.entries({ single, predict }).flatMap(([kind, { places, ...all }]) => [
        [kind, 'the longest', all.rightIsLongest, all.probes] as const,
        [kind, 'the shortest', all.rightIsShortest, all.probes] as const,
        ...places.map((count, i) => [kind, `number ${i + 1}`, count, all.probes] as const),
    ]);
    const easy = rules
        .filter(([, , count, all]) => count > all / 2)
        .map(([kind, rule, count, all]) => `gives away ${count} of ${all} ${kind} probes: the right one is ${rule}`);
    return [...rare, ...easy].map((message) => ({ file: 'quiz', line: 1, message }));
}

/** The statistics in two lines. */
export function statisticsText({ questions, probes, single, predict, multiple }: QuestionStatistics): string {
    const kinds = KINDS.map((kind) => `${probes[kind]} ${kind}`).join(', ');
    const tell = (name: string, one: GuessableChoices): string =>
        `${name}: the right one is the longest in ${one.rightIsLongest} and the shortest in ${one.rightIsShortest} ` +
        `of ${one.probes} (${one.byChance.toFixed(1)} by chance), and stands ${one.places.join('/')} times 1st/2nd/…`;
    return [
        `Quiz: ${questions} questions, probes: ${kinds}; multiple: ${multiple.right} of ${multiple.choices} right.`,
        `${tell('Single', single)}. ${tell('Predict', predict)}.`,
    ].join('\n');
}
