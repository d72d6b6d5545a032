import type { Probe } from '../quiz/question.js';
import type { FieldPath, QuestionSource } from '../quiz/compile-questions.js';
import { normalised, problemAt, textsOf } from './question-texts.js';
import type { Problem } from './repository.js';

const SELECT_ALL = /\bselect all\b/i;
const ANSWER_WORDS = { min: 80, max: 160 };

/** What makes a choice right or wrong by its wording alone. */
const GIVE_AWAYS = /\b(?:(?:all|none|both|neither|any) of the (?:above|others?)|always|never)\b/i;

/** Of a single choice's texts, the longest may be so many times as long as the shortest. */
const MAX_LENGTH_RATIO = 2;

/** Wording that gives an answer away or leaves open what is asked for. */
export function findBadWording(source: QuestionSource): Problem[] {
    const { file, question, lineOf } = source;
    const words = question.answer.split(/\s+/).length;
    const isLengthRight = words >= ANSWER_WORDS.min && words <= ANSWER_WORDS.max;
    const message = `answer has ${words} words, not ${ANSWER_WORDS.min} to ${ANSWER_WORDS.max}`;
    return [
        ...(isLengthRight ? [] : [{ file, line: lineOf(['answer']), message }]),
        ...openBackticks(source),
        ...question.probes.flatMap((probe, i) => {
            const at = (path: FieldPath, text: string): Problem => ({
                file,
                line: lineOf(['probes', i, ...path]),
                message: `${probe.id}: ${text}`,
            });
            return [...selectAll(probe, at), ...choices(probe, at), ...groups(probe, at)];
        }),
    ];
}

type At = (path: FieldPath, text: string) => Problem;

function openBackticks(source: QuestionSource): Problem[] {
    return textsOf(source)
        .filter(({ text }) => text.split('`').length % 2 === 0)
        .map((text) => problemAt(text, 'has a backtick without a partner'));
}

function selectAll({ kind, ask }: Probe, at: At): Problem[] {
    const says = SELECT_ALL.test(ask);
    if (kind === 'multiple' && !says) return [at(['ask'], "does not say 'Select all'")];
    if (kind !== 'multiple' && says) return [at(['ask'], `says 'Select all', but is of the kind ${kind}`)];
    return [];
}

function choices(probe: Probe, at: At): Problem[] {
    if (probe.kind === 'number') return [];
    const [field, texts] =
        probe.kind === 'order' || probe.kind === 'match'
            ? (['items', probe.items.map(({ text }) => text)] as const)
            : (['choices', probe.choices.map(({ text }) => text)] as const);
    const seen = new Set<string>();
    const problems = texts.flatMap((text, i) => {
        const found: Problem[] = [];
        const [giveAway] = GIVE_AWAYS.exec(text) ?? [];
        if (field === 'choices' && giveAway !== undefined) {
            found.push(at([field, i, 'text'], `'${giveAway}' gives a choice away`));
        }
        if (seen.has(normalised(text))) found.push(at([field, i, 'text'], 'says what another one says'));
        seen.add(normalised(text));
        return found;
    });
    if (probe.kind === 'multiple' && probe.choices.every(({ correct }) => correct)) {
        problems.push(at([field], 'has no wrong choice'));
    }
    if (probe.kind === 'single') {
        const lengths = texts.map(({ length }) => length);
        if (Math.max(...lengths) > MAX_LENGTH_RATIO * Math.min(...lengths)) {
            problems.push(at([field], `has a choice more than ${MAX_LENGTH_RATIO} times as long as another`));
        }
    }
    return problems;
}

function groups(probe: Probe, at: At): Problem[] {
    if (probe.kind !== 'match') return [];
    const used = new Set(probe.items.map(({ group }) => group));
    return probe.groups.flatMap((group, i) =>
        used.has(group) ? [] : [at(['groups', i], `nothing belongs to '${group}'`)],
    );
}
