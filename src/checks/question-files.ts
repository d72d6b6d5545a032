import * as v from 'valibot';
import { isNode, LineCounter, parseDocument } from 'yaml';

import { QUESTIONS } from '../course/questions.js';
import { type Question, questionSchema } from '../quiz/question.js';
import type { Problem, Repository } from './repository.js';

/** Keys and indexes that lead to a field: `['probes', 2, 'ask']`. */
export type FieldPath = readonly (string | number)[];

/** A question as its file holds it. */
export interface QuestionSource {
    file: string;
    question: Question;
    /** The 1-based line of a field, or of what it stands in. */
    lineOf: (path: FieldPath) => number;
}

/** Reads the questions that the course names. What can't be read, or is in `quiz/` besides, is a problem. */
export function readQuestionFiles(repository: Repository): { sources: QuestionSource[]; problems: Problem[] } {
    const named = new Set(QUESTIONS.map(({ file }) => `quiz/${file}`));
    const problems: Problem[] = [...repository.keys()]
        .filter((file) => file.startsWith('quiz/') && file !== 'quiz/README.md' && !named.has(file))
        .map((file) => ({ file, line: 1, message: 'is not one of the questions in src/course/questions.ts' }));
    const sources = QUESTIONS.flatMap(({ number, file: name }) => {
        const file = `quiz/${name}`;
        const text = repository.get(file);
        if (text === undefined || text === null) {
            problems.push({ file, line: 1, message: 'is missing: src/course/questions.ts names it' });
            return [];
        }
        const source = readQuestion(file, text, problems);
        if (source && source.question.number !== number) {
            const message = `has the number ${source.question.number}, but src/course/questions.ts says ${number}`;
            problems.push({ file, line: source.lineOf(['number']), message });
        }
        return source ?? [];
    });
    return { sources, problems };
}

function readQuestion(file: string, text: string, problems: Problem[]): QuestionSource | undefined {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (document.errors.length > 0) {
        for (const { message, linePos } of document.errors) {
            const [what = ''] = message.split('\n');
            problems.push({ file, line: linePos?.[0].line ?? 1, message: `is no YAML: ${what}` });
        }
        return undefined;
    }
    const lineOf = (path: FieldPath): number => {
        // The field itself, or the nearest one around it that is there.
        const around = path.map((_, i) => document.getIn(path.slice(0, path.length - i), true));
        const node = around.find((found) => isNode(found) && found.range);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
        return 1;
    };
    const { success, issues, output } = v.safeParse(questionSchema, document.toJS());
    if (success) return { file, question: output, lineOf };
    for (const issue of issues) {
        const path = issue.path?.map(({ key }) => key as string | number) ?? [];
        problems.push({ file, line: lineOf(path), message: `${path.join('.') || 'the question'}: ${issue.message}` });
    }
    return undefined;
}
