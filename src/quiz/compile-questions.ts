import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';

import type { QuestionFile } from '../course/questions.js';
import { type Question, questionSchema } from './question.js';

/** What is made of the files in `quiz/`: questions, and what is wrong, each problem in one line. */
export interface Compiled {
    questions: Question[];
    problems: string[];
}

/**
 * Reads the questions' YAML files in the order of the manifest. A file that is not there yet is passed over; one that
 * the manifest does not name is a problem.
 *
 * @param folder Where the files are.
 * @param manifest See `QUESTIONS`.
 */
export function compileQuestions(folder: string, manifest: readonly QuestionFile[]): Compiled {
    const compiled: Compiled = { questions: [], problems: [] };
    const files = existsSync(folder) ? readdirSync(folder).filter((file) => /\.ya?ml$/.test(file)) : [];
    for (const stray of files.filter((file) => manifest.every((entry) => entry.file !== file)).sort()) {
        compiled.problems.push(`quiz/${stray}: src/course/questions.ts does not name it`);
    }
    for (const { file, number } of manifest.filter((entry) => files.includes(entry.file))) {
        const lines = new LineCounter();
        const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { lineCounter: lines });
        const { question, problems } = compileQuestion(document, lines, number);
        if (question) compiled.questions.push(question);
        compiled.problems.push(...problems.map((problem) => `quiz/${file}${problem}`));
    }
    return compiled;
}

function compileQuestion(
    document: Document.Parsed,
    lines: LineCounter,
    number: number,
): { question?: Question; problems: string[] } {
    const broken = [...document.errors, ...document.warnings].map(({ message, pos }) => {
        return `:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`;
    });
    if (broken.length > 0) return { problems: broken };
    const { success, output, issues } = v.safeParse(questionSchema, document.toJS());
    if (!success) return { problems: issues.map((issue) => describe(document, lines, issue)) };
    if (output.number === number) return { question: output, problems: [] };
    return { problems: [`: number: is ${output.number}, but src/course/questions.ts says ${number}`] };
}

/** The problem with its line; what is missing has none, so there it is the line of what lacks it. */
function describe(document: Document.Parsed, lines: LineCounter, issue: v.BaseIssue<unknown>): string {
    const field = v.getDotPath(issue);
    if (field === null) return `: ${issue.message}`;
    for (let path = issue.path!.map(({ key }) => key); path.length > 0; path = path.slice(0, -1)) {
        const node = document.getIn(path, true);
        if (isNode(node) && node.range) return `:${lines.linePos(node.range[0]).line}: ${field}: ${issue.message}`;
    }
    return `: ${field}: ${issue.message}`;
}
