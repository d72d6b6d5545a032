import type { FieldPath, QuestionSource } from '../quiz/compile-questions.js';
import type { Problem } from './repository.js';

/** A text of a question that a person reads, and where it stands. */
export interface QuestionText {
    file: string;
    line: number;
    /** The field, such as `probes.2.ask`. */
    field: string;
    text: string;
}

/** Every text of a question, in the order of the file. */
export function textsOf({ file, question, lineOf }: QuestionSource): QuestionText[] {
    return stringsIn(question, []).map(({ path, text }) => ({
        file,
        line: lineOf(path),
        field: path.join('.'),
        text,
    }));
}

function stringsIn(value: unknown, path: FieldPath): { path: FieldPath; text: string }[] {
    if (typeof value === 'string') return [{ path, text: value }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, child]) =>
        stringsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** Texts that must be one of a kind: what is asked, and why each choice is right or wrong. */
const UNIQUE = /\.(?:ask|why|point)$/;

/** Texts that stand twice, within a question or in two of them. Case and punctuation make no difference. */
export function findRepeatedTexts(sources: readonly QuestionSource[]): Problem[] {
    const firsts = new Map<string, QuestionText>();
    const texts = sources.flatMap(textsOf).filter(({ field }) => UNIQUE.test(field));
    return texts.flatMap((text) => {
        const key = normalised(text.text);
        const first = firsts.get(key);
        if (!first) {
            firsts.set(key, text);
            return [];
        }
        return [problemAt(text, `is the same text as ${first.field} in ${first.file}:${first.line}`)];
    });
}

/** Letters and digits of a text, for comparing. */
export function normalised(text: string): string {
    return text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
}

export function problemAt({ file, line, field }: QuestionText, message: string): Problem {
    return { file, line, message: `${field} ${message}` };
}
