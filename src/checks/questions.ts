import { compileQuestions } from '../quiz/compile-questions.js';
import { findGivenAway, findGuessable } from './question-cues.js';
import { findWrongReferences } from './question-facts.js';
import { findOpenBackticks } from './question-texts.js';
import type { Problem, Repository } from './repository.js';

/** What is wrong with the questions of the knowledge check: their form, what they name, and how they could be guessed. */
export function findWrongQuestions(repository: Repository): Problem[] {
    const files = [...repository].filter(([file]) => file.startsWith('quiz/'));
    const { sources, problems } = compileQuestions(new Map(files.map(([file, text]) => [file, text ?? ''])));
    return [
        ...problems,
        ...sources.flatMap((source) => [
            ...findWrongReferences(source, repository),
            ...findGivenAway(source),
            ...findOpenBackticks(source),
        ]),
        ...findGuessable(sources.map(({ question }) => question)),
    ];
}
