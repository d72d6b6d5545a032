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

/** Backticks without a partner: what follows them would be shown as code. */
export function findOpenBackticks(source: QuestionSource): Problem[] {
    return textsOf(source)
        .filter(({ text }) => text.split('`').length % 2 === 0)
        .map((text) => problemAt(text, 'has a backtick without a partner'));
}

export function problemAt({ file, line, field }: QuestionText, message: string): Problem {
    return { file, line, message: `${field} ${message}` };
}
