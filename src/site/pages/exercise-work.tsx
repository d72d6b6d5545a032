import type { ComponentChildren } from 'preact';

import type { ToldFailure } from '../../exercise/told-failure.js';
import type { ExerciseState, HintsState, StageState, TryResult } from '../exercise-state.js';
import { Diff } from './diff.js';

/** What the script of an exercise's page is told. */
export interface ExerciseWorkProperties {
    state: ExerciseState;
    /** What comes after it. */
    next: { href: string; text: string };
    /** Steps that a learner's files can be compared with: only of the tracker. */
    steps?: readonly { number: number; title: string; isNext: boolean }[];
    /** The comparison that the address asks for. */
    compared?: { to: string; text: string };
    /** Where the course says what the last stage leads to. */
    proof?: string;
}

interface Properties extends ExerciseWorkProperties {
    /** What could not be done, and why. */
    problem?: string;
    /** Whether each save is tried: only while the page's script is at work. */
    isWatching?: boolean;
    /** The replay of the run that shows what is wrong. */
    replay?: ComponentChildren;
}

/** A learner's work on an exercise: the copy, what the last try has shown, hints, and a comparison. */
export function ExerciseWork({ state, next, steps, compared, proof, problem, isWatching, replay }: Properties) {
    const { file, job, result, stages, hints, isPassed, said } = state;
    const diff = state.diff ?? compared;
    return (
        <>
            <section class="work" aria-label="Your work">
                {file === undefined ? <Start /> : <Copy file={file} isWatching={isWatching ?? false} />}
                {file !== undefined && (
                    <div class="actions">
                        {job === undefined ? (
                            <Button action="try" text="Try it now" isMain />
                        ) : (
                            <Button action="stop" text="Stop" />
                        )}
                        {hints.isMore && <Button action="hint" text={hintText(hints)} />}
                    </div>
                )}
                {said !== undefined && <p class="said">{said}</p>}
                {problem !== undefined && (
                    <p class="problem" role="alert">
                        {problem}
                    </p>
                )}
                <Outcome state={state} />
                {result && job !== undefined && (
                    <p class="note">Now it is run undisturbed, to be shown beside the run that went wrong …</p>
                )}
                {stages && <Stages stages={stages} />}
                {result && <Result result={result} />}
                {isPassed && (
                    <p class="next">
                        <a class="button" href={next.href}>
                            {next.text}
                        </a>
                    </p>
                )}
                {isPassed && proof !== undefined && (
                    <p>
                        <a href={proof}>The proof</a> lets your Actor go on from every state in which a crash can leave
                        it.
                    </p>
                )}
                <Hints hints={hints} />
                {file !== undefined && <Reset />}
            </section>
            {replay}
            {(diff ?? (steps && file !== undefined)) && (
                <section class="compared" id="diff" aria-labelledby="compared">
                    <h2 id="compared">Your files{diff ? `, and ${diff.to}` : ' and the solution'}</h2>
                    {steps && <Steps steps={steps} />}
                    {diff && <Diff text={diff.text} label={`What changes from your files to ${diff.to}`} />}
                </section>
            )}
        </>
    );
}

function Button({ action, text, isMain = false }: { action: string; text: string; isMain?: boolean }) {
    return (
        <form method="post" action={action} data-live-form="true">
            <button type="submit" class={isMain ? undefined : 'plain'}>
                {text}
            </button>
        </form>
    );
}

function Start() {
    return (
        <>
            <h2>Begin</h2>
            <p>You get a copy of the starter, to change in your editor. Each time you save it, it is tried.</p>
            <Button action="start" text="Start it" isMain />
        </>
    );
}

function Copy({ file, isWatching }: { file: string; isWatching: boolean }) {
    return (
        <>
            <h2>Your copy</h2>
            <p>
                <code class="file">{file}</code>
            </p>
            <p class="note">
                Open it in your editor.{' '}
                {isWatching ? 'While this page is open, each save is tried.' : 'Save it, and try it here.'}
            </p>
        </>
    );
}

/** In one line: it is this line that is read out. */
function Outcome({ state: { file, job, waitsFor, result, isStopped, isPassed, name } }: { state: ExerciseState }) {
    const [look, text] = outcomeOf();
    return (
        <p class={`outcome ${look}`} role="status">
            {text}
            {job !== undefined && (
                <noscript>
                    {' '}
                    <a href="./">Look again</a>
                </noscript>
            )}
        </p>
    );

    function outcomeOf(): [look: string, text: string] {
        if (waitsFor !== undefined) return ['running', `It is tried as soon as ${waitsFor} has ended.`];
        if (result) {
            const seconds = `${(result.wallMillis / 1_000).toFixed(1)} s`;
            if (result.isPassed) return ['passed', `✔ Passed. ${seconds}`];
            return ['failed', `✘ Not passed. ${seconds}`];
        }
        if (job !== undefined) {
            return [
                'running',
                name === 'tracker' ? '▸ Your Actor is run and moved …' : '▸ Your Actor is run and struck …',
            ];
        }
        if (isStopped) return ['', 'Stopped.'];
        if (isPassed) return ['passed', '✔ Passed before.'];
        return ['', file === undefined ? '' : 'Not tried yet since the course was opened.'];
    }
}

const STAGE_SIGNS = { passed: '✔', failed: '✘', 'not tried': '·' } as const;

function Stages({ stages }: { stages: readonly StageState[] }) {
    return (
        <ol class="stages">
            {stages.map(({ number, title, status, isRunning, done, all }) => (
                <li key={number} class={isRunning && status === 'not tried' ? 'running' : status.replace(' ', '-')}>
                    <span class="sign" aria-hidden="true">
                        {isRunning && status === 'not tried' ? '▸' : STAGE_SIGNS[status]}
                    </span>
                    <span class="number">{number}</span>
                    <span>
                        {title}
                        <span class="hidden">: {isRunning && status === 'not tried' ? 'at work' : status}</span>
                    </span>
                    {isRunning && all > 1 && (
                        <span class="count">
                            {done} of {all}
                        </span>
                    )}
                </li>
            ))}
        </ol>
    );
}

function Result({ result: { problem, heading, failure, also, notes } }: { result: TryResult }) {
    return (
        <div class="result">
            {problem !== undefined && <p class="problem">{problem}</p>}
            {heading !== undefined && <h3>{heading}</h3>}
            {failure && <Failure failure={failure} also={also} />}
            {notes.map((note) => (
                <p key={note} class="note">
                    {note}
                </p>
            ))}
        </div>
    );
}

function Failure({ failure, also }: { failure: ToldFailure; also: readonly string[] }) {
    const { moment, expected, came, seen, advice, repeat } = failure;
    const rows: [name: string, text: string][] = [
        ['Trial', moment],
        ['Expected', expected],
        ['Came', came],
        ['Seen', seen],
        ['Advice', advice],
    ];
    return (
        <dl class="failure">
            {rows.map(([name, text]) => (
                <div key={name} class={name.toLowerCase()}>
                    <dt>{name}</dt>
                    <dd>{text}</dd>
                </div>
            ))}
            {also.length > 0 && (
                <div>
                    <dt>Also</dt>
                    {also.map((other) => (
                        <dd key={other}>{other}</dd>
                    ))}
                </div>
            )}
            <div>
                <dt>Again</dt>
                <dd>
                    In a terminal, with its timeline: <code>{repeat}</code>
                </dd>
            </div>
        </dl>
    );
}

function hintText({ shown, of }: HintsState): string {
    if (shown.length === 0) return 'Hint';
    return shown.length < of ? 'Next hint' : 'Show the solution';
}

function Hints({ hints: { heading, shown, of, solution } }: { hints: HintsState }) {
    if (shown.length === 0) return null;
    return (
        <div class="hints">
            <h3>
                {heading !== undefined && `${heading}. `}
                {shown.length === 1 ? 'Hint 1' : `Hints 1 to ${shown.length}`} of {of}
            </h3>
            <ol>
                {shown.map((hint) => (
                    <li key={hint}>{hint}</li>
                ))}
            </ol>
            {solution !== undefined && (
                <p>
                    The solution: <code>{solution}</code>. <a href="#diff">What you would have to change</a>
                </p>
            )}
        </div>
    );
}

function Reset() {
    return (
        <details class="reset">
            <summary>Begin anew</summary>
            <p>Your copy is moved aside, under a name with the date, and you get a new one. No file is lost.</p>
            <Button action="reset" text="Begin anew" />
        </details>
    );
}

function Steps({ steps }: { steps: NonNullable<ExerciseWorkProperties['steps']> }) {
    return (
        <form method="get" action="./#diff" class="steps">
            <label>
                Compare with step{' '}
                <select name="diff">
                    {steps.map(({ number, title, isNext }) => (
                        <option key={number} value={number} selected={isNext}>
                            {number}: {title}
                        </option>
                    ))}
                </select>
            </label>
            <button type="submit" class="plain">
                Compare
            </button>
        </form>
    );
}
