/** Plays the quiz in a static site: the same engine, with the record in this browser. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';

import { EMPTY_RECORD, type QuizRecord, recordSchema } from '../../quiz/record.js';
import type { StaticQuiz } from '../pages/quiz.js';
import { HERE } from '../pages/quiz-blocks.js';
import { afterHref, PredictionFrame, QuizCard, shownRunOf } from '../pages/quiz-card.js';
import { QuizOverview } from '../pages/quiz-overview.js';
import { FIELDS, type Fields, RUN_WISHES } from '../quiz/fields.js';
import { quizView } from '../quiz/quiz-view.js';
import { take } from '../quiz/take.js';
import { MatchBoard } from './match-board.js';
import { OrderList } from './order-list.js';
import { drawPredictions } from './predictions.js';
import { keepText, markDone, readKept } from './progress.js';

/** The name under which the record is kept. */
const NAME = 'quiz';

/** What was answered here, for browsers that keep nothing. */
let lastRecord: QuizRecord = EMPTY_RECORD;

function readRecord(): QuizRecord {
    const kept = readKept(NAME);
    if (kept === null) return lastRecord;
    try {
        return v.parse(recordSchema, JSON.parse(kept));
    } catch {
        // Of another version of the course, or damaged: the quiz starts anew, as it does where nothing is kept.
        return lastRecord;
    }
}

function keepRecord(record: QuizRecord): void {
    lastRecord = record;
    keepText(NAME, JSON.stringify(record));
    for (const number of Object.keys(record.results)) markDone(`question-${number}`);
}

type Refused = { fields: Fields; problem: string };

const STALE = 'This was answered in another tab, or before you went back. Here is where it is now.';

function Quiz({ quiz: { at, questions, links } }: { quiz: StaticQuiz }) {
    const [refused, refuse] = useState<Refused>();
    const [, setTurn] = useState(0);
    const turn = (): void => setTurn((before) => before + 1);
    const query = new URLSearchParams(location.search);
    const after = query.get('after') ?? undefined;
    const record = readRecord();
    const now = new Date();

    useEffect(() => {
        const onMove = (): void => {
            refuse(undefined);
            turn();
        };
        addEventListener('popstate', onMove);
        return () => removeEventListener('popstate', onMove);
    }, []);
    useEffect(() => drawPredictions(document));

    if (at === undefined) return <QuizOverview {...{ record, questions, links, now }} />;

    const go = (to: string): void => {
        history.pushState(null, '', to);
        refuse(undefined);
        turn();
        requestAnimationFrame(() => document.getElementById(HERE)?.focus());
    };
    const onSubmit = (event: SubmitEvent): void => {
        event.preventDefault();
        const filled = new FormData(event.target as HTMLFormElement, event.submitter);
        const fields = new URLSearchParams([...filled].map(([name, value]) => [name, value as string]));
        const seed = Math.floor(Math.random() * 2 ** 32);
        const taken = take(readRecord(), questions, at, fields, { now: new Date(), seed });
        if (taken.type === 'taken') {
            keepRecord(taken.record);
            const run = fields.get(FIELDS.filled) === RUN_WISHES.recorded ? '&run=recorded' : '';
            go(taken.after === undefined ? `./#${HERE}` : afterHref(`${taken.after}${run}`));
        } else if (taken.type === 'wrong') refuse({ fields, problem: taken.problem });
        else refuse({ fields, problem: STALE });
    };
    const onClick = (event: MouseEvent): void => {
        const href = (event.target as HTMLElement).closest('a')?.getAttribute('href');
        const isOther = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
        if (!href?.startsWith('./?') && !href?.startsWith('./#')) return;
        if (isOther) return;
        event.preventDefault();
        go(href);
    };

    const view = quizView({ record, questions, at, after, now });
    const run = shownRunOf(view, links);
    return (
        <div onSubmit={onSubmit} onClick={onClick}>
            <QuizCard
                view={view}
                links={links}
                refused={refused}
                orderList={OrderList}
                matchBoard={MatchBoard}
                isStatic
                run={run && <PredictionFrame key={after} run={run} isOpen={query.get('run') !== null} />}
            />
        </div>
    );
}

const root = document.getElementById('quiz')!;
const quiz = JSON.parse(document.getElementById('quiz-data')!.textContent) as StaticQuiz;
root.replaceChildren();
root.classList.remove('quiz');
render(<Quiz quiz={quiz} />, root);
