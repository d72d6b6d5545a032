import type { Probe, Question } from '../quiz/question.js';
import type { FieldPath, QuestionSource } from '../quiz/compile-questions.js';
import type { Problem } from './repository.js';

/** What makes a choice right or wrong by its wording alone. */
const GIVE_AWAYS = /\b(?:(?:all|none|both|neither|any) of the (?:above|others?)|always|never)\b/i;

/** Of a single choice's texts, the longest may be so many times as long as the shortest. */
const MAX_LENGTH_RATIO = 2;

/** Choices that give themselves away, and choices or items of a probe that are the same. */
export function findGivenAway({ file, question, lineOf }: QuestionSource): Problem[] {
    return question.probes.flatMap((probe, i) => {
        if (probe.kind === 'number') return [];
        const [field, parts] =
            'choices' in probe ? (['choices', probe.choices] as const) : (['items', probe.items] as const);
        const at = (path: FieldPath, message: string): Problem => ({
            file,
            line: lineOf(['probes', i, field, ...path]),
            message: `${probe.id}: ${message}`,
        });
        const texts = parts.map(({ text }) => text);
        const told = texts.map((text) => (field === 'choices' ? GIVE_AWAYS.exec(text)?.[0] : undefined));
        const known = texts.map(normalised);
        const lengths = texts.map(({ length }) => length);
        const isUneven = probe.kind === 'single' && Math.max(...lengths) > MAX_LENGTH_RATIO * Math.min(...lengths);
        return [
            ...told.flatMap((cue, n) => (cue === undefined ? [] : [at([n, 'text'], `'${cue}' gives a choice away`)])),
            ...known.flatMap((text, n) =>
                known.indexOf(text) < n ? [at([n, 'text'], 'says what another one says')] : [],
            ),
            ...(isUneven ? [at([], `has a choice more than ${MAX_LENGTH_RATIO} times as long as another`)] : []),
        ];
    });
}

/** Letters and digits of a text, for comparing. */
function normalised(text: string): string {
    return text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
}

/** Rules of thumb by which somebody who knows nothing would be right in more than half of the probes with one answer. */
export function findGuessable(questions: readonly Question[]): Problem[] {
    const probes = questions.flatMap((question) => question.probes);
    return (['single', 'predict'] as const).flatMap((kind) => {
        const chosen = probes.flatMap((probe) => (probe.kind === kind ? [choicesOf(probe)] : []));
        const count = (isBetter: (length: number, other: number) => boolean): number =>
            chosen.filter(({ right, wrong }) => wrong.every((text) => isBetter(right.length, text.length))).length;
        const rules = [
            ['the longest', count((length, other) => length > other)],
            ['the shortest', count((length, other) => length < other)],
        ] as const;
        return rules
            .filter(([, hits]) => hits > chosen.length / 2)
            .map(([rule, hits]) => ({
                file: 'quiz',
                line: 1,
                message: `gives away ${hits} of ${chosen.length} ${kind} probes: the right one is ${rule}`,
            }));
    });
}

function choicesOf(probe: Extract<Probe, { kind: 'single' | 'predict' }>): { right: string; wrong: string[] } {
    const right =
        probe.kind === 'single'
            ? probe.choices.find(({ correct }) => correct)!
            : probe.choices.find(({ tracker }) => tracker === probe.truth)!;
    return { right: right.text, wrong: probe.choices.flatMap((choice) => (choice === right ? [] : [choice.text])) };
}
