import { readingPages, type PageMaker } from './course-pages.js';
import { exercisePages } from './exercise-pages.js';
import { labData, labPage } from './pages/lab.js';
import { PLACES } from './places.js';
import { proofPages } from './proof-pages.js';
import { quizPages } from './quiz-pages.js';

/** All pages of the static site. Those of the live course that take part in what happens there are their routes'. */
export function staticPages(): Map<string, PageMaker> {
    return new Map([
        ...readingPages(),
        ...exercisePages(),
        ...proofPages(),
        ...quizPages(),
        [PLACES.lab, (context) => labPage(context, labData(undefined, undefined))] as const,
    ]);
}
