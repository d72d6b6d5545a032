import { useEffect, useState } from 'preact/hooks';

import type { LabOutcome } from '../server/lab-runs.js';
import { FAULTS_NOW } from '../faults-now.js';
import { ask } from './ask.js';

interface Properties {
    id: string;
    onOver: (outcome: LabOutcome | undefined) => void;
    onProblem: (problem: string) => void;
}

/** A run that is under way: strike it now, or end it. */
export function LiveBar({ id, onOver, onProblem }: Properties) {
    const [fault, setFault] = useState<string>(FAULTS_NOW[0]);

    useEffect(() => {
        const told = new EventSource(`../jobs/${id}`);
        let outcome: LabOutcome | undefined;
        const onFailed = (event: Event): void => onProblem(JSON.parse((event as MessageEvent<string>).data) as string);
        told.addEventListener('outcome', (event) => {
            outcome = JSON.parse((event as MessageEvent<string>).data) as LabOutcome;
        });
        told.addEventListener('failed', onFailed);
        told.addEventListener('over', () => {
            told.close();
            onOver(outcome);
        });
        return () => told.close();
    }, [id]);

    const send = (address: string, fields: Record<string, string> = {}): void => {
        ask(address, fields).catch((error: unknown) => onProblem((error as Error).message));
    };
    return (
        <div class="live" role="group" aria-label="The run under way">
            <span class="dot" aria-hidden="true" />
            <span role="status">Running on this machine</span>
            <label>
                <span class="hidden">What strikes it</span>
                <select value={fault} onChange={(event) => setFault(event.currentTarget.value)}>
                    {FAULTS_NOW.map((one) => (
                        <option key={one}>{one}</option>
                    ))}
                </select>
            </label>
            <button type="button" class="plain" onClick={() => send(`runs/${id}/strike`, { fault })}>
                Strike now
            </button>
            <button type="button" class="plain" onClick={() => send(`../jobs/${id}/stop`)}>
                End it
            </button>
        </div>
    );
}
