import * as v from 'valibot';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';

import { QUESTIONS } from '../course/questions.js';
import { type Question, questionSchema } from './question.js';

/** Keys and indexes that lead to a field: `['probes', 2, 'ask']`. */
export type FieldPath = readonly (string | number)[];

/** A question as its file holds it. */
export interface QuestionSource {
    file: string;
    question: Question;
    /** The 1-based line of a field, or of what it stands in. */
    lineOf: (path: FieldPath) => number;
}

/** What is wrong with a question's file, and where. */
export interface QuestionProblem {
    file: string;
    line: number;
    message: string;
}

export interface Compiled {
    sources: QuestionSource[];
    problems: QuestionProblem[];
}

const README = 'quiz/README.md';

/**
 * Reads the questions that the course names, in its order. What is missing, can't be read or lies in `quiz/` besides
 * is a problem.
 *
 * @param texts The files in `quiz/`, by path: `quiz/1-restart-on-error.yaml`.
 */
export function compileQuestions(texts: ReadonlyMap<string, string>, questions = QUESTIONS): Compiled {
    const known = new Set([README, ...questions.map(({ file }) => `quiz/${file}`)]);
    const problems: QuestionProblem[] = [...texts.keys()]
        .filter((file) => !known.has(file))
        .map((file) => ({ file, line: 1, message: 'is not one of the questions in src/course/questions.ts' }));
    const sources = questions.flatMap(({ number, file: name }) => {
        const file = `quiz/${name}`;
        const text = texts.get(file);
        if (text === undefined) {
            problems.push({ file, line: 1, message: 'is missing: src/course/questions.ts names it' });
            return [];
        }
        const source = readQuestion(file, text, problems);
        if (!source || source.question.number === number) return source ?? [];
        const message = `number: is ${source.question.number}, but src/course/questions.ts says ${number}`;
        problems.push({ file, line: source.lineOf(['number']), message });
        return [];
    });
    return { sources, problems };
}

function readQuestion(file: string, text: string, problems: QuestionProblem[]): QuestionSource | undefined {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const broken = [...document.errors, ...document.warnings];
    if (broken.length > 0) {
        for (const { message, pos } of broken) {
            problems.push({ file, line: lines.linePos(pos[0]).line, message: message.split('\n')[0]! });
        }
        return undefined;
    }
    const lineOf = (path: FieldPath): number => lineIn(document, lines, path);
    const { success, issues, output } = v.safeParse(questionSchema, document.toJS());
    if (success) return { file, question: output, lineOf };
    for (const issue of issues) {
        const path = issue.path?.map(({ key }) => key as string | number) ?? [];
        const field = path.length === 0 ? '' : `${path.join('.')}: `;
        problems.push({ file, line: lineOf(path), message: `${field}${issue.message}` });
    }
    return undefined;
}

/** What is missing has no line, so there it is the line of what lacks it. */
function lineIn(document: Document.Parsed, lines: LineCounter, path: FieldPath): number {
    for (let { length } = path; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
}
