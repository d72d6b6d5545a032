import path from 'node:path';

import { type FootnoteDefinition, footnotesOf } from '../course/footnotes.js';
import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const FOLDER = 'lessons/';
/** How many claims the lessons prove together, at least. */
const ENOUGH = 30;
/** A call at the start of a line, so that none in a comment counts. */
const CLAIM = /^[ \t]*claim\(\s*(['"`])(.+?)\1/gm;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PROVEN = /^Proven by a test: \[([^\]]+)\]\(([^)\s]+)\)\.$/;
const FROM_ELSEWHERE = /^(?:Source|Unknown): \S/;
const ADDRESS = /\]\(https:\/\/[^)\s]+\)/;
const FORMS =
    '"Proven by a test: [file](file).", or "Source: " or "Unknown: " with an https link: see CONTRIBUTING.md, Add a lesson';

/** A claim's test. */
interface Claim {
    id: string;
    file: string;
    line: number;
}

/**
 * Claims of the lessons that nothing stands behind, and tests that no claim leads to: every mark has a footnote, every
 * footnote a mark, a footnote names the test that proves it or links its source, and every such test is named.
 */
export function findUnprovenClaims(repository: Repository): Problem[] {
    const claims = claimsOf(repository);
    const texts = markdownFiles(repository).filter(([file]) => file.startsWith(FOLDER));
    const proven = new Set<string>();
    const problems = texts.flatMap(([file, text]) => {
        const { marks, definitions } = footnotesOf(text);
        const marked = new Set(marks.map(({ id }) => id));
        const defined = new Set(definitions.map(({ id }) => id));
        const at = (index: number, message: string): Problem => ({ file, line: lineAt(text, index), message });
        for (const { id, text: footnote } of definitions) {
            if (marked.has(id) && PROVEN.test(footnote)) proven.add(id);
        }
        return [
            ...marks
                .filter(({ id }) => !defined.has(id))
                .map(({ id, index }) => at(index, `marks [^${id}], but no line of the file begins with "[^${id}]:"`)),
            ...definitions.flatMap((definition, n) =>
                [
                    ...(marked.has(definition.id) ? [] : [`defines [^${definition.id}], but nothing leads to it`]),
                    ...(definitions.findIndex(({ id }) => id === definition.id) < n
                        ? [`defines [^${definition.id}] a second time`]
                        : []),
                    ...wrongWith(definition, file, claims, repository),
                ].map((message) => at(definition.index, message)),
            ),
        ];
    });
    return [...problems, ...findWrongTests(claims, proven), ...findTooFew(claims, proven)];
}

function wrongWith({ id, text }: FootnoteDefinition, file: string, claims: Claim[], repository: Repository): string[] {
    if (FROM_ELSEWHERE.test(text)) {
        return ADDRESS.test(text) ? [] : [`defines [^${id}] without a link to a source: it takes an https address`];
    }
    const [, shown, href] = PROVEN.exec(text) ?? [];
    if (shown === undefined || href === undefined) return [`defines [^${id}] in a form of its own: it takes ${FORMS}`];
    const target = path.posix.join(path.posix.dirname(file), href);
    if (!repository.has(target)) return [`says that ${target} proves [^${id}], but there is no such file`];
    if (path.posix.basename(target) !== path.posix.basename(shown)) return [`shows ${shown}, but links to ${href}`];
    if (claims.some((claim) => claim.id === id && claim.file === target)) return [];
    return [`says that ${target} proves [^${id}], but it has no claim('${id}', …)`];
}

function findWrongTests(claims: Claim[], proven: Set<string>): Problem[] {
    return claims.flatMap(({ id, file, line }, n) => {
        const first = claims.findIndex((claim) => claim.id === id);
        const messages = [
            ...(ID.test(id) ? [] : [`claims '${id}': an id is lower case, digits and hyphens`]),
            ...(first < n ? [`claims '${id}', as ${claims[first]!.file} does: an id is unique`] : []),
            ...(proven.has(id) ? [] : [`claims '${id}', but no text in lessons/ marks it as proven by a test`]),
        ];
        return messages.map((message) => ({ file, line, message }));
    });
}

function findTooFew(claims: Claim[], proven: Set<string>): Problem[] {
    const count = new Set(claims.map(({ id }) => id).filter((id) => proven.has(id))).size;
    if (count >= ENOUGH) return [];
    return [{ file: 'lessons/README.md', line: 1, message: `the lessons prove ${count} claims of at least ${ENOUGH}` }];
}

function claimsOf(repository: Repository): Claim[] {
    return [...repository]
        .filter(([file]) => file.startsWith(FOLDER) && file.endsWith('.test.ts'))
        .flatMap(([file, text]) =>
            [...(text ?? '').matchAll(CLAIM)].map((match) => ({
                id: match[2]!,
                file,
                line: lineAt(text!, match.index + match[0].indexOf('claim')),
            })),
        );
}
