import path from 'node:path';

import { footnotesOf } from '../course/footnotes.js';
import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const PROVEN = /^Proven by a test: \[[^\]]+\]\(([^)\s]+)\)/;
const SOURCED = /^(?:Source|Unknown): .*\]\(https:\/\//;
/** How a test names the claim that it proves: see src/checks/claim.ts. */
const TEST = /\bclaim\(\s*'([^']+)'/g;

/**
 * Claims of the lessons that stand on nothing: marks without a definition, definitions of no known form, proven ones
 * whose test is not in the file that is named; and tests that no text speaks of.
 */
export function findUnprovenClaims(repository: Repository): Problem[] {
    const tests = findTests(repository);
    const proven = new Set<string>();
    const problems = lessonTexts(repository).flatMap(([file, text]) => {
        const { marks, definitions } = footnotesOf(text);
        const marked = new Map(marks.map(({ id, index }) => [id, lineAt(text, index)]));
        const defined = new Set(definitions.map(({ id }) => id));
        const undefinedMarks = [...marked]
            .filter(([id]) => !defined.has(id))
            .map(([id, line]) => ({ file, line, message: `marks a claim [^${id}] that it does not define` }));
        const wrong = definitions.flatMap(({ id, text: content, index }) => {
            const line = lineAt(text, index);
            if (!marked.has(id)) return [{ file, line, message: `defines [^${id}] and does not use it` }];
            const [, href] = PROVEN.exec(content) ?? [];
            if (href === undefined) {
                if (SOURCED.test(content)) return [];
                const forms =
                    'Proven by a test: [file](file), Source: [title](https://…) or Unknown: … [title](https://…)';
                return [{ file, line, message: `[^${id}] must be of the form ${forms}` }];
            }
            proven.add(id);
            const target = path.posix.join(path.posix.dirname(file), href);
            if (tests.get(id)?.file === target) return [];
            return [{ file, line, message: `[^${id}] names ${target}, which has no claim('${id}'` }];
        });
        return [...undefinedMarks, ...wrong];
    });
    const silent = [...tests]
        .filter(([id]) => !proven.has(id))
        .map(([id, { file, line }]) => ({ file, line, message: `proves '${id}', which no lesson marks` }));
    return [...problems, ...silent];
}

/** Number of claims that lessons mark and tests prove. */
export function countProven(repository: Repository): number {
    return findTests(repository).size;
}

function findTests(repository: Repository): Map<string, { file: string; line: number }> {
    const files = [...repository].filter(([file]) => file.startsWith('lessons/') && file.endsWith('.test.ts'));
    return new Map(
        files.flatMap(([file, text]) =>
            [...(text ?? '').matchAll(TEST)].map(
                (match) => [match[1]!, { file, line: lineAt(text!, match.index) }] as const,
            ),
        ),
    );
}

function lessonTexts(repository: Repository): [string, string][] {
    return markdownFiles(repository).filter(([file]) => file.startsWith('lessons/'));
}
