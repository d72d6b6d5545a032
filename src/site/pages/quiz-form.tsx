import type { ComponentChildren, ComponentType } from 'preact';

import { predictionCommand } from '../../quiz/briefing.js';
import { formOf, type Option } from '../../quiz/form.js';
import { layoutOf } from '../../quiz/shuffle.js';
import { FIELDS, type Fields, RUN_WISHES } from '../quiz/fields.js';
import type { QuizLinks } from '../quiz/quiz-links.js';
import type { QuizView } from '../quiz/quiz-view.js';
import { Inline } from './quiz-blocks.js';
import { Match, matchOf, type MatchProperties } from './quiz-match.js';

/** An order that is put right as a whole. */
export interface OrderProperties {
    /** What it is kept under while the page is loaded again. */
    name: string;
    items: readonly Option[];
}

export interface FormProperties {
    view: Extract<QuizView, { type: 'ask' }>;
    links: QuizLinks;
    /** What was given and was no answer, and why. */
    refused?: { fields: Fields; problem: string } | undefined;
    /** Puts an order right where scripts run; without it, an order is given piece by piece. */
    orderList?: ComponentType<OrderProperties> | undefined;
    /** Sorts a match where scripts run; without it, groups are chosen item by item. */
    matchBoard?: ComponentType<MatchProperties> | undefined;
    /** Whether no server is behind the page, which could run a trial. */
    isStatic?: boolean | undefined;
}

/** What a course waits for, to be filled in. */
export function QuizForm(properties: FormProperties) {
    const { view, refused } = properties;
    return (
        <form method="post" action="./" class="quiz-form">
            {refused && (
                <p class="problem" role="alert">
                    {refused.problem}
                </p>
            )}
            <input type="hidden" name={FIELDS.version} value={view.asked.version} />
            <Asking {...properties} />
        </form>
    );
}

function Asking(properties: FormProperties) {
    const { view, links, refused, orderList: OrderList, matchBoard: MatchBoard, isStatic } = properties;
    const { stage, asked } = view;
    const { question, course, version } = asked;
    const form = formOf(question, course, stage);
    if (stage.type === 'run') return <RunWishes isStatic={isStatic} command={predictionCommand(stage.probe)} />;
    if (stage.type === 'piece') {
        const { probe, placed } = stage;
        if (probe.kind === 'match') {
            const match = matchOf(probe, { name: version, seed: course.seed, placed, given: refused?.fields });
            if (MatchBoard) return <MatchBoard {...match} />;
            return (
                <div data-match={JSON.stringify(match)}>
                    <Match {...match} links={links} />
                </div>
            );
        }
        const rest = layoutOf(probe, course.seed).order.filter((item) => !placed.includes(item));
        const items = [...placed, ...rest].map((value) => ({ value, text: probe.items[value]!.text }));
        if (OrderList) return <OrderList name={version} items={items} />;
        return (
            <div data-order={JSON.stringify({ name: version, items } satisfies OrderProperties)}>
                <Placed texts={items.slice(0, placed.length).map(({ text }) => text)} links={links} />
                <Choices
                    kind="radio"
                    legend={form.message}
                    options={items.slice(placed.length)}
                    links={links}
                    action={
                        placed.length === probe.items.length - 2
                            ? 'Put it there, and the last one last'
                            : 'Put it there'
                    }
                >
                    {placed.length > 0 && <StartOver />}
                </Choices>
            </div>
        );
    }
    switch (form.type) {
        case 'text':
            return (
                <>
                    <label>
                        <span class="asks">Your answer, in your own words</span>
                        <textarea name={FIELDS.filled} rows={5} maxLength={10_000}>
                            {refused?.fields.get(FIELDS.filled) ?? ''}
                        </textarea>
                    </label>
                    <p class="actions">
                        <button type="submit">Show a model answer</button>
                        <span class="note">You may leave it empty. Nobody judges it but you.</span>
                    </p>
                </>
            );
        case 'number':
            return (
                <>
                    <label>
                        <span class="asks">{form.message}</span>
                        <input
                            type="text"
                            inputMode="decimal"
                            name={FIELDS.filled}
                            required
                            autoComplete="off"
                            defaultValue={refused?.fields.get(FIELDS.filled) ?? ''}
                            aria-describedby="ask"
                        />
                    </label>
                    <p class="actions">
                        <button type="submit">Answer</button>
                    </p>
                </>
            );
        case 'tick':
        case 'pick':
            return (
                <Choices
                    kind={form.type === 'tick' ? 'checkbox' : 'radio'}
                    legend={form.message}
                    options={form.options}
                    links={links}
                    action={stage.type === 'key points' ? 'Go on' : 'Answer'}
                />
            );
    }
}

interface ChoicesProperties {
    kind: 'radio' | 'checkbox';
    legend: string;
    options: readonly Option[];
    links: QuizLinks;
    action: string;
    children?: ComponentChildren;
}

function Choices({ kind, legend, options, links, action, children }: ChoicesProperties) {
    return (
        <>
            <fieldset aria-describedby="ask">
                <legend class="asks">{legend}</legend>
                {options.map(({ value, text }) => (
                    <label key={value} class="choice">
                        <input type={kind} name={FIELDS.filled} value={value} required={kind === 'radio'} />
                        <span>
                            <Inline text={text} links={links} />
                        </span>
                    </label>
                ))}
            </fieldset>
            <p class="actions">
                <button type="submit">{action}</button>
                {children}
            </p>
        </>
    );
}

function Placed({ texts, links }: { texts: readonly string[]; links: QuizLinks }) {
    if (texts.length === 0) return null;
    return (
        <>
            <p class="asks">So far:</p>
            <ol class="placed">
                {texts.map((text) => (
                    <li key={text}>
                        <Inline text={text} links={links} />
                    </li>
                ))}
            </ol>
        </>
    );
}

/** As the form of the quiz has it: see `formOf`. */
const OVER = '-1';

function StartOver() {
    return (
        <button type="submit" class="plain" name={FIELDS.filled} value={OVER} formNoValidate>
            Start over
        </button>
    );
}

function RunWishes({ isStatic = false, command }: { isStatic?: boolean | undefined; command: string }) {
    return (
        <>
            <p class="asks">How do you want to see what it shows?</p>
            <p class="actions">
                {!isStatic && (
                    <button type="submit" name={FIELDS.filled} value={RUN_WISHES.run}>
                        Run it
                    </button>
                )}
                <button type="submit" class={isStatic ? '' : 'plain'} name={FIELDS.filled} value={RUN_WISHES.recorded}>
                    Show the recorded run
                </button>
                <button type="submit" class="plain" name={FIELDS.filled} value={RUN_WISHES.skip}>
                    Skip it, and only explain
                </button>
            </p>
            <p class="note">
                {isStatic ? (
                    <>
                        With the course on your machine, <code>{command}</code> really runs it.
                    </>
                ) : (
                    'To run it takes some seconds: the Actor really runs on this machine, and is struck.'
                )}
            </p>
        </>
    );
}
