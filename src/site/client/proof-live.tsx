import { useEffect, useReducer, useState } from 'preact/hooks';

import type { LiveProofProperties } from '../pages/proof.js';
import { ProofWork } from '../pages/proof-work.js';
import { NO_PROOF, type ProofEvent, type ProofState, withEvent } from '../proof-state.js';
import { ask } from './ask.js';
import { RecordedProofs } from './recorded-proofs.js';
import { RunAt } from './run-at.js';
import { useOpenCell } from './use-open-cell.js';

const EVENTS = ['begun', 'states', 'cell', 'proven', 'stopped', 'failed'] as const;

/** A proof as its job tells of it, from the beginning. */
export function LiveProof({ recorded, ...properties }: LiveProofProperties) {
    const { job: first, isAtWork: isFirstAtWork, state: firstState, ...rest } = properties;
    const [job, setJob] = useState(first);
    const [isAtWork, setAtWork] = useState(isFirstAtWork);
    const [problem, setProblem] = useState<string>();
    const [open, setOpen] = useOpenCell();
    const [state, tell] = useReducer<ProofState, ProofEvent | 'anew'>(
        (before, event) => (event === 'anew' ? NO_PROOF : withEvent(before, event)),
        firstState,
    );

    useEffect(() => {
        if (job === undefined || !isAtWork) return undefined;
        tell('anew');
        const source = new EventSource(`/jobs/${job}`);
        for (const name of EVENTS) {
            source.addEventListener(name, ({ data }) => tell({ name, data: JSON.parse(data as string) } as ProofEvent));
        }
        source.addEventListener('over', () => {
            source.close();
            setAtWork(false);
        });
        return () => source.close();
    }, [job, isAtWork]);

    const begin = async (form: HTMLFormElement): Promise<void> => {
        const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
        const { id } = await ask<{ id: string }>('run', values);
        setOpen(undefined);
        history.replaceState(null, '', location.pathname);
        setJob(id);
        setAtWork(true);
    };
    const onSubmit = (event: SubmitEvent): void => {
        const form = event.target as HTMLFormElement;
        event.preventDefault();
        setProblem(undefined);
        const done = form.getAttribute('action') === 'run' ? begin(form) : ask('stop');
        done.catch((error: unknown) => setProblem((error as Error).message));
    };

    const cell = open === undefined ? undefined : state.cells?.[open];
    const isOpen = cell?.run !== undefined;
    return (
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- It hears of the forms within.
        <div onSubmit={onSubmit}>
            {job === undefined && <RecordedProofs {...recorded} />}
            <ProofWork
                {...rest}
                {...(job !== undefined && { job })}
                isAtWork={isAtWork}
                state={state}
                {...(problem !== undefined && { problem })}
                {...(isOpen && {
                    open: open!,
                    replay: (
                        <section class="struck" aria-label={`The run that went on from ${cell.label}`}>
                            <RunAt
                                key={`${job}/${open}`}
                                trace={`/jobs/${job}/cells/${open}`}
                                label={cell.label}
                                opensAt={state.opensAt[open!]!}
                                hrefOf={(index) => `#cell=${open}&e=${index}`}
                            />
                        </section>
                    ),
                })}
            />
        </div>
    );
}
