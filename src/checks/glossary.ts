import { proseOf, withoutFences } from '../course/markdown-text.js';
import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';
import { type Wording, WORDINGS } from './wording.js';

const GLOSSARY = 'lessons/glossary.md';
/** A term heads its own section, or stands in bold at the start of a line, of a list item or of a table's row. */
const TERM = /^(?:### +(.+?)[ \t]*$|(?:[-*] |\| *)?(?:<a [^>]*><\/a> *)?\*\*(.+?)\*\*)/gm;

/** Terms that the glossary has twice or in the wrong place, and those of the wording list that it lacks. */
export function findGlossaryProblems(repository: Repository, wordings: readonly Wording[] = WORDINGS): Problem[] {
    const text = repository.get(GLOSSARY);
    // That it is missing is told by the check of lessons.
    if (!text) return [];
    const terms = [...withoutFences(text).matchAll(TERM)].map((match) => ({
        term: (match[1] ?? match[2])!.replaceAll(/[`*:.]|<[^>]*>/g, '').trim(),
        line: lineAt(text, match.index),
    }));
    const places = new Map<string, number>();
    const problems: Problem[] = [];
    let last = '';
    for (const { term, line } of terms) {
        const key = term.toLowerCase();
        const first = places.get(key);
        if (first !== undefined)
            problems.push({ file: GLOSSARY, line, message: `has "${term}" already in line ${first}` });
        else if (key.localeCompare(last, 'en') < 0) {
            problems.push({
                file: GLOSSARY,
                line,
                message: `has "${term}" after "${last}": terms are in alphabetical order`,
            });
        }
        places.set(key, first ?? line);
        last = key;
    }
    const missing = wordings.filter(({ right, isTerm }) => isTerm && !places.has(right.toLowerCase()));
    const lacks = missing.map(({ right }) => ({ file: GLOSSARY, line: 1, message: `does not explain "${right}"` }));
    return [...problems, ...lacks];
}

/** Words in Markdown and in the questions of the quiz that the course writes in another way. */
export function findWrongWords(repository: Repository, wordings: readonly Wording[] = WORDINGS): Problem[] {
    const questions = [...repository].filter(([file]) => file.startsWith('quiz/') && file.endsWith('.yaml'));
    return [...markdownFiles(repository), ...questions].flatMap(([file, text]) => {
        const prose = proseOf(text ?? '');
        return wordings.flatMap(({ wrong, right }) =>
            [...prose.matchAll(wrong)].map((match) => ({
                file,
                line: lineAt(prose, match.index),
                message: `writes "${match[0]}": the course writes "${right}"`,
            })),
        );
    });
}
