import { readQuestions } from '../quiz/read-questions.js';
import type { PageMaker } from './course-pages.js';
import { staticQuizPage } from './pages/quiz.js';
import { PLACES, questionPlace } from './places.js';
import { linksOf, REVIEW_PLACE } from './quiz/links-of.js';
import type { QuizAt } from './quiz/quiz-at.js';

/** The pages of the quiz in a static site, by their places. Where a server is, its routes make them. */
export function quizPages(): Map<string, PageMaker> {
    const questions = readQuestions();
    const places: [string, QuizAt | undefined][] = [
        [PLACES.quiz, undefined],
        [REVIEW_PLACE, 'review'],
        ...questions.map(({ number }): [string, QuizAt] => [questionPlace(number), number]),
    ];
    return new Map(
        places.map(([place, at]): [string, PageMaker] => [
            place,
            (context) =>
                staticQuizPage(context, {
                    ...(at !== undefined && { at }),
                    questions,
                    links: linksOf(context, questions),
                }),
        ]),
    );
}
