import { findWrongReferences } from './question-facts.js';
import { compileQuestions } from '../quiz/compile-questions.js';
import { findGuessable, statisticsOf, statisticsText } from './question-statistics.js';
import { findRepeatedTexts } from './question-texts.js';
import { findBadWording } from './question-wording.js';
import type { Problem, Repository } from './repository.js';

/** Checks all questions of the knowledge check; the summary tells how well they could be guessed. */
export function checkQuestions(repository: Repository): { problems: Problem[]; summary: string } {
    const { sources, problems } = compileQuestions(filesOfQuiz(repository));
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

function filesOfQuiz(repository: Repository): Map<string, string> {
    return new Map([...repository].flatMap(([file, text]) => (file.startsWith('quiz/') ? [[file, text ?? '']] : [])));
}
