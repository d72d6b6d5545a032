import { findWrongReferences } from './question-facts.js';
import { readQuestionFiles } from './question-files.js';
import { findGuessable, statisticsOf, statisticsText } from './question-statistics.js';
import { findRepeatedTexts } from './question-texts.js';
import { findBadWording } from './question-wording.js';
import type { Problem, Repository } from './repository.js';

/** Checks all questions of the knowledge check; the summary tells how well they could be guessed. */
export function checkQuestions(repository: Repository): { problems: Problem[]; summary: string } {
    const { sources, problems } = readQuestionFiles(repository);
    const statistics = statisticsOf(sources);
    return {
        problems: [
            ...problems,
            ...sources.flatMap((source) => [...findWrongReferences(source, repository), ...findBadWording(source)]),
            ...findRepeatedTexts(sources),
            ...findGuessable(statistics),
        ],
        summary: statisticsText(statistics),
    };
}
