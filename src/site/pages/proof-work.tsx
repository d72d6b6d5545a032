import type { ComponentChildren } from 'preact';

import { ProofMap } from '../../replay/page/map.js';
import type { ProofState } from '../proof-state.js';
import { shopOf } from '../shop-of.js';

/** What the script of the proof's page is told. */
export interface ProofWorkProperties {
    subjects: readonly { name: string; title: string }[];
    products: readonly number[];
    /** The last proof, and its job. */
    job?: string;
    isAtWork: boolean;
    state: ProofState;
}

interface Properties extends ProofWorkProperties {
    /** What could not be done, and why. */
    problem?: string;
    /** Place of the cell whose run is open. */
    open?: number;
    replay?: ComponentChildren;
}

/** Proves a step on this machine: what to prove, and the map that fills. */
export function ProofWork({ subjects, products, job, isAtWork, state, problem, open, replay }: Properties) {
    return (
        <>
            <h2>On your machine</h2>
            <form method="post" action="run" class="prove" data-live-form="true">
                <label>
                    Prove{' '}
                    <select name="subject">
                        {subjects.map(({ name, title }) => (
                            <option key={name} value={name} selected={name === '5'}>
                                {title}
                            </option>
                        ))}
                    </select>
                </label>
                <label>
                    in a shop of{' '}
                    <select name="products">
                        {products.map((count) => (
                            <option key={count} value={count}>
                                {shopOf(count)}
                            </option>
                        ))}
                    </select>
                </label>
                <button type="submit" disabled={isAtWork}>
                    Prove it now
                </button>
            </form>
            {problem !== undefined && (
                <p class="problem" role="alert">
                    {problem}
                </p>
            )}
            {job !== undefined && <Progress state={state} isAtWork={isAtWork} />}
            {state.cells && (
                <ProofMap
                    cells={state.cells}
                    open={open}
                    hrefOf={(place) => (job === undefined ? '#' : `#cell=${place}`)}
                />
            )}
            {replay}
        </>
    );
}

function Progress({ state, isAtWork }: { state: ProofState; isAtWork: boolean }) {
    const { title, cells, done, result, isStopped, problem } = state;
    return (
        <div class="proof-progress">
            <h3>{title}</h3>
            {isAtWork && cells && (
                <p>
                    <progress value={done} max={cells.length} aria-label="States tried" /> {done} of {cells.length}
                </p>
            )}
            {/* Only what begins and ends is read out, not each state. */}
            <p class={`outcome ${result ? (result.isWell ? 'passed' : 'failed') : ''}`} role="status">
                {outcome()}
            </p>
            {result && <p class="note">{result.notes.join(', ')}.</p>}
            {isAtWork && (
                <form method="post" action="stop" data-live-form="true">
                    <button type="submit" class="plain">
                        Stop
                    </button>
                    <noscript>
                        {' '}
                        <a href="./">Look again</a>
                    </noscript>
                </form>
            )}
        </div>
    );

    function outcome(): string {
        if (result) return `${result.isWell ? '✔' : '✘'} ${result.sentence}`;
        if (problem !== undefined) return `✘ ${problem}`;
        if (isStopped) return 'Stopped.';
        if (!isAtWork) return '';
        return cells ? `${cells.length} states to go on from.` : 'First it is run undisturbed …';
    }
}
