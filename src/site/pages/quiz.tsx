import type { Question } from '../../quiz/question.js';
import { headingOf } from '../../quiz/briefing.js';
import type { QuizRecord } from '../../quiz/record.js';
import type { QuizLinks, RunLink } from '../quiz/quiz-links.js';
import type { QuizAt } from '../quiz/quiz-at.js';
import type { QuizView } from '../quiz/quiz-view.js';
import { pageHtml, type PageContext } from './page.js';
import { Prose } from './quiz-blocks.js';
import { type CardProperties, PredictionFrame, QuizCard, shownRunOf } from './quiz-card.js';
import { QuizOverview } from './quiz-overview.js';

/** Where the learner is in the quiz. */
export function quizPage(
    context: PageContext,
    properties: { record: QuizRecord; questions: readonly Question[]; links: QuizLinks; now: Date },
): string {
    return pageHtml({ context, title: 'Quiz', children: <QuizOverview {...properties} /> });
}

interface StateProperties extends Omit<CardProperties, 'run'> {
    /** The run of this machine that a prediction has led to; without it, its recorded run is shown. */
    ownRun?: RunLink | undefined;
    /** Whether it was asked for, and is shown at once. */
    isRunOpen: boolean;
}

/** One state of a question or of a review. */
export function questionPage(context: PageContext, { ownRun, isRunOpen, ...properties }: StateProperties): string {
    const { view, links } = properties;
    const recorded = shownRunOf(view, links);
    const run = recorded && (ownRun ?? recorded);
    return pageHtml({
        context,
        title: titleOfView(view),
        scripts: ['quiz.js'],
        children: <QuizCard {...properties} run={run && <PredictionFrame run={run} isOpen={isRunOpen} />} />,
    });
}

/** What came of an answer is heard first. */
function titleOfView(view: QuizView): string {
    if (view.type !== 'told') return view.heading;
    const verdict = view.blocks.find(({ type }) => type === 'verdict');
    return verdict?.type === 'verdict' ? `${verdict.text} ${view.heading}` : view.heading;
}

/** What a static page's script is told, which plays the quiz there. */
export interface StaticQuiz {
    /** Missing on the page of all questions. */
    at?: QuizAt;
    questions: readonly Question[];
    links: QuizLinks;
}

/** A page of the quiz in a static site: its script plays the quiz, and keeps what is answered in the browser. */
export function staticQuizPage(context: PageContext, quiz: StaticQuiz): string {
    const question = quiz.questions.find(({ number }) => number === quiz.at);
    const heading = question ? headingOf(question) : quiz.at === 'review' ? 'Review' : 'Quiz';
    // What ends a script's element early must not stand in it.
    const data = JSON.stringify(quiz).replaceAll('<', '\\u003c');
    return pageHtml({
        context,
        title: heading,
        scripts: ['quiz-static.js'],
        children: (
            <>
                <div id="quiz" class="quiz">
                    <h1>{heading}</h1>
                    {question ? <WithoutScripts question={question} links={quiz.links} /> : <Without quiz={quiz} />}
                </div>
                {/* eslint-disable-next-line react/no-danger -- Data of the course's own, which no browser runs. */}
                <script type="application/json" id="quiz-data" dangerouslySetInnerHTML={{ __html: data }} />
            </>
        ),
    });
}

/** What there is to read of a question where no script asks it. */
function WithoutScripts({ question, links }: { question: Question; links: QuizLinks }) {
    return (
        <>
            <Prose text={question.question} links={links} />
            <details>
                <summary>A model answer</summary>
                <Prose text={question.answer} links={links} />
            </details>
            <noscript>
                <p>Here the quiz asks with scripts. The course on your machine asks without them, too.</p>
            </noscript>
        </>
    );
}

function Without({ quiz: { questions, links } }: { quiz: StaticQuiz }) {
    return (
        <ol class="way">
            {questions.map(({ number, title }) => (
                <li key={number}>
                    <a class="title" href={links.questions[number]}>
                        {title}
                    </a>
                </li>
            ))}
        </ol>
    );
}
