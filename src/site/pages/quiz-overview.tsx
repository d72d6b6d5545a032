import { rounded } from '../../quiz/feedback.js';
import { type Overview, overview, type QuestionState } from '../../quiz/overview.js';
import type { Question } from '../../quiz/question.js';
import type { QuizRecord } from '../../quiz/record.js';
import { dueText } from '../quiz/due-text.js';
import { nextStep, reviewText } from '../quiz/next-step.js';
import { hrefOfQuiz, type QuizLinks } from '../quiz/quiz-links.js';

interface OverviewProperties {
    record: QuizRecord;
    questions: readonly Question[];
    links: QuizLinks;
    now: Date;
}

/** Where the learner is in the quiz, and where it goes on. */
export function QuizOverview({ record, questions, links, now }: OverviewProperties) {
    const summed = overview(record, questions, now);
    const next = nextStep(record, questions, now);
    const isReviewOpen = summed.due > 0 || record.courses.some(({ mode }) => mode === 'review');
    return (
        <div class="quiz">
            <h1>Quiz</h1>
            <p class="lead">
                Each question begins with an answer of your own, shows one to measure it against, and then asks for what
                is easily misunderstood. Every choice is explained. What went wrong comes back after some time.
            </p>
            <p class="actions">
                {next && (
                    <a class="button" href={hrefOfQuiz(links, next.at)}>
                        {next.text}
                    </a>
                )}
                {isReviewOpen && next?.at !== 'review' && (
                    <a class="second" href={links.review}>
                        {reviewText(record, questions, now)}
                    </a>
                )}
            </p>
            <p class="where">{whereText(summed, now)}</p>
            <ol class="way">
                {summed.questions.map((question) => (
                    <li key={question.number}>
                        <a class="title" href={links.questions[question.number]}>
                            {question.title}
                        </a>
                        <p class={question.state === 'done' ? 'progress done' : 'progress'}>{stateText(question)}</p>
                    </li>
                ))}
            </ol>
        </div>
    );
}

function whereText({ done, questions, due, nextDue }: Overview, now: Date): string {
    const review =
        due > 0
            ? `${due} ${due === 1 ? 'probe is' : 'probes are'} due for review`
            : nextDue === null
              ? 'nothing is due for review'
              : `the next review is due ${dueText(new Date(nextDue), now)}`;
    return `${done} of ${questions.length} questions done, ${review}.`;
}

function stateText({ state, answered, probes, points, of, due }: QuestionState): string {
    const parts = [
        ...(state === 'under way' ? [`under way: ${answered} of ${probes} probes answered`] : []),
        ...(points === null || of === null ? [] : [`✔ done: ${rounded(points)} of ${of} points`]),
        ...(due > 0 ? [`${due} due for review`] : []),
    ];
    return parts.length === 0 ? `${probes} probes` : parts.join('; ');
}
