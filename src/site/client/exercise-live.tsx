import { useEffect, useState } from 'preact/hooks';

import type { ExerciseState, StruckRun } from '../exercise-state.js';
import { ExerciseWork, type ExerciseWorkProperties } from '../pages/exercise-work.js';
import { ask } from './ask.js';
import { RunAt } from './run-at.js';

/** A learner's work on an exercise, as the server tells of it. */
export function LiveExercise({ state: first, ...rest }: ExerciseWorkProperties) {
    const [state, setState] = useState(first);
    const [problem, setProblem] = useState<string>();
    const [isWatching, setWatching] = useState(false);
    // The server's page has no replay: what is first rendered must be as it is there.
    const [isTakenOver, setTakenOver] = useState(false);

    useEffect(() => {
        setTakenOver(true);
        let source: EventSource | undefined;
        let isOver = false;
        // The browser asks again by itself when the stream breaks, by the same id.
        ask<{ id: string }>('watch').then(
            ({ id }) => {
                if (isOver) return;
                source = new EventSource(`/watches/${id}`);
                source.addEventListener('state', ({ data }) => {
                    setState(JSON.parse(data as string) as ExerciseState);
                    setWatching(true);
                });
                source.addEventListener('error', () => setWatching(false));
            },
            (error: unknown) => setProblem((error as Error).message),
        );
        return () => {
            isOver = true;
            source?.close();
        };
    }, []);

    const onSubmit = (event: SubmitEvent): void => {
        const form = event.target as HTMLFormElement;
        if (form.dataset.liveForm === undefined) return;
        event.preventDefault();
        setProblem(undefined);
        ask<ExerciseState>(form.getAttribute('action')!).then(setState, (error: unknown) =>
            setProblem((error as Error).message),
        );
    };

    const run = isTakenOver ? state.result?.run : undefined;
    return (
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- It hears of the forms within.
        <div class="exercise-live" onSubmit={onSubmit}>
            <ExerciseWork
                state={state}
                {...rest}
                isWatching={isWatching}
                {...(problem !== undefined && { problem })}
                {...(run && {
                    replay: (
                        <section class="struck" aria-label="The run that shows it">
                            <h2>What happened</h2>
                            <Moments run={run} />
                            <RunAt
                                key={run.job}
                                trace={`/jobs/${run.job}/trace`}
                                label={run.label}
                                opensAt={run.opensAt}
                                {...(run.isHeldAgainst && { undisturbed: `/jobs/${run.job}/undisturbed` })}
                            />
                        </section>
                    ),
                })}
            />
        </div>
    );
}

/** Where the run is worth a look. */
function Moments({ run: { struckAt, differsAt, wrongFrom, isHeldAgainst } }: { run: StruckRun }) {
    return (
        <p>
            {struckAt !== undefined && (
                <>
                    It is struck at <a href={`#e=${struckAt}`}>#{struckAt}</a>.{' '}
                </>
            )}
            {isHeldAgainst && 'Beside it is your Actor undisturbed. '}
            {differsAt !== undefined && (
                <>
                    They first differ at <a href={`#e=${differsAt}`}>#{differsAt}</a>.{' '}
                </>
            )}
            {wrongFrom !== undefined && (
                <>
                    From <a href={`#e=${wrongFrom}`}>#{wrongFrom}</a> on, something is missing or there too often, and
                    stays so.
                </>
            )}
        </p>
    );
}
