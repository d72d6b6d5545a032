import type { ComponentChildren } from 'preact';

import { FIELDS } from '../quiz/fields.js';
import { hrefOfQuiz, type QuizLinks, type RunLink, runKey } from '../quiz/quiz-links.js';
import type { QuizView, TrailMark } from '../quiz/quiz-view.js';
import { Blocks, HERE } from './quiz-blocks.js';
import { type FormProperties, QuizForm } from './quiz-form.js';

/** The trial of a prediction that is at work. */
export interface RunningTrial {
    /** Address of its events. */
    events: string;
    id: string;
    /** How far it is, in words. */
    told: string;
    /** What is told when it is over: see `QuizViewOptions`. */
    after: string;
}

export interface CardProperties extends Omit<FormProperties, 'view'> {
    view: QuizView;
    running?: RunningTrial | undefined;
    /** How a prediction's run is shown; nothing where none is to be shown. */
    run?: ComponentChildren;
}

/** One state of a question or a review. */
export function QuizCard(properties: CardProperties) {
    const { view } = properties;
    if (view.type === 'no review') return <NoReview {...properties} view={view} />;
    return (
        <div class="quiz">
            <h1>{view.heading}</h1>
            {view.trail.length > 1 && <Trail marks={view.trail} />}
            <Shown {...properties} view={view} />
        </div>
    );
}

function Shown({ view, ...properties }: CardProperties & { view: Exclude<QuizView, { type: 'no review' }> }) {
    switch (view.type) {
        case 'ask':
            return <Ask {...properties} view={view} />;
        case 'told':
            return (
                <>
                    <Blocks blocks={view.blocks} links={properties.links} />
                    {properties.run}
                    <p class="actions">
                        <a class="button" href={view.next === undefined ? `./#${HERE}` : afterHref(view.next)}>
                            Go on
                        </a>
                    </p>
                </>
            );
        case 'over':
            return <Over {...properties} view={view} />;
    }
}

/** The address at which something is told. */
export function afterHref(after: string): string {
    return `./?after=${after}#${HERE}`;
}

function Ask({ view, links, running, ...properties }: CardProperties & { view: QuizView & { type: 'ask' } }) {
    const [first, ...rest] = view.blocks;
    const isFirst = view.stage.type === 'recall';
    return (
        <>
            <div id="ask">
                {/* The heading of the page says it already. */}
                <Blocks blocks={isFirst ? rest : [first!, ...rest]} links={links} />
            </div>
            {isFirst && view.lastResult !== undefined && (
                <p class="aside">You have answered it before: {view.lastResult}.</p>
            )}
            {running ? <Running running={running} /> : <QuizForm {...properties} view={view} links={links} />}
        </>
    );
}

function Running({ running: { events, id, told, after } }: { running: RunningTrial }) {
    return (
        <div class="running" data-running={events} data-then={afterHref(`${after}&run=${id}`)}>
            <p role="status" class="told-run">
                {told}
            </p>
            <form method="post" action="./">
                <p class="actions">
                    <button type="submit" class="plain" name={FIELDS.stop} value={id}>
                        Stop it
                    </button>
                    {/* Without a hash: a browser loads nothing where only that is followed. */}
                    <a class="look" href={`./?after=${after}&run=${id}`}>
                        See how far it is
                    </a>
                </p>
            </form>
        </div>
    );
}

function Over({ view, links }: CardProperties & { view: QuizView & { type: 'over' } }) {
    const { due, next, question } = view;
    return (
        <>
            <Blocks blocks={view.blocks} links={links} />
            <p>
                {due === undefined
                    ? 'Nothing of it is due for review.'
                    : due === 'now'
                      ? 'What went wrong is due for review now.'
                      : `What went wrong is due for review ${due}.`}
            </p>
            <p class="actions">
                {next && (
                    <a class="button" href={`${hrefOfQuiz(links, next.at)}`}>
                        {next.text}
                    </a>
                )}
                <a class={next ? 'second' : 'button'} href={links.overview}>
                    All questions
                </a>
            </p>
            <details class="sources">
                <summary>Sources of question {question.number}</summary>
                <ul>
                    {question.sources.map(({ title, url }) => (
                        <li key={url}>
                            <a href={url} rel="noreferrer">
                                {title}
                            </a>
                        </li>
                    ))}
                </ul>
            </details>
        </>
    );
}

function NoReview({ view, links }: CardProperties & { view: QuizView & { type: 'no review' } }) {
    const { due, next } = view;
    return (
        <div class="quiz">
            <h1 id={HERE} tabIndex={-1}>
                {view.heading}
            </h1>
            {due > 0 ? (
                <form method="post" action="./" class="quiz-form">
                    <p>
                        {due === 1 ? 'One probe that went wrong is' : `${due} probes that went wrong are`} due for
                        review.
                    </p>
                    <p class="actions">
                        <button type="submit" name={FIELDS.begin} value="review">
                            Begin
                        </button>
                    </p>
                </form>
            ) : (
                <>
                    <p>Nothing is due for review. {next === undefined ? '' : `The next one is due ${next}.`}</p>
                    <p class="actions">
                        <a class="button" href={links.overview}>
                            All questions
                        </a>
                    </p>
                </>
            )}
        </div>
    );
}

const STATES = { right: '✔', partly: '~', wrong: '✘', open: '' } as const;
const STATE_WORDS = { right: 'right', partly: 'partly right', wrong: 'not right', open: 'not answered yet' } as const;

function Trail({ marks }: { marks: readonly TrailMark[] }) {
    return (
        <nav aria-label="Probes" class="quiz-trail">
            <ol>
                {marks.map(({ id, state, isHere }, at) => {
                    const inside = (
                        <>
                            <span class="hidden">Probe </span>
                            {at + 1}
                            <span class="hidden">: {STATE_WORDS[state]}</span>
                            {state !== 'open' && <span aria-hidden="true"> {STATES[state]}</span>}
                        </>
                    );
                    const current = isHere ? ({ 'aria-current': 'step' } as const) : {};
                    return (
                        <li key={id} class={state}>
                            {state === 'open' ? (
                                <span {...current}>{inside}</span>
                            ) : (
                                <a href={afterHref(id)} {...current}>
                                    {inside}
                                </a>
                            )}
                        </li>
                    );
                })}
            </ol>
        </nav>
    );
}

/** What a prediction's run needs: see the client's `prediction.tsx`. */
export function shownRunOf(view: QuizView, links: QuizLinks) {
    if (view.type !== 'told' || view.probe?.kind !== 'predict') return undefined;
    return links.runs[runKey(view.question.number, view.probe.id)];
}

/** Where a prediction's run is drawn by the page's script. */
export function PredictionFrame({ run, isOpen }: { run: RunLink; isOpen: boolean }) {
    return (
        <details class="prediction" open={isOpen} data-prediction={JSON.stringify(run)}>
            <summary>See where it goes wrong, if it does</summary>
            <noscript>
                <p>The picture of a run needs scripts.</p>
            </noscript>
        </details>
    );
}
