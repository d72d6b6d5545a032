import { useEffect, useRef, useState } from 'preact/hooks';

import { type Recording, recordingOf } from '../../replay/model/recording.js';
import { Player } from '../../replay/page/player.js';
import type { LabData, ShownRun } from '../pages/lab.js';
import type { LabOutcome } from '../server/lab-runs.js';
import { ask } from './ask.js';
import { labHref, type LabPlace, readLabPlace } from './lab-place.js';
import { LiveBar } from './live-bar.js';
import { RunList } from './run-list.js';
import { fetchTrace } from './recordings.js';

interface Properties {
    data: LabData;
    /** The form that starts runs; null in a static site. */
    form: HTMLFormElement | null;
}

/** So long the cursor rests before the address follows it. */
const ADDRESS_MILLIS = 150;

/** The lab: the run that is open, live or recorded, perhaps another beside it, and what can be done with it. */
export function LabApp({ data, form }: Properties) {
    const [runs, setRuns] = useState(data.runs);
    const [place, setPlace] = useState<LabPlace>(() => readLabPlace(location.hash));
    const [live, setLive] = useState<string | undefined>(data.present);
    const [outcome, setOutcome] = useState<LabOutcome>();
    const [problem, setProblem] = useState<string>();
    const run = runs.find(({ id }) => id === (place.run ?? live)) ?? runs[0];
    const recording = useRecording(run, live === run?.id ? 'live' : 'whole', setProblem);
    const other = useRecording(
        runs.find(({ id }) => id === place.beside),
        'whole',
        setProblem,
    );

    const open = (next: LabPlace): void => {
        setProblem(undefined);
        setPlace(next);
        history.pushState(null, '', labHref(next));
    };
    const readRuns = async (): Promise<void> => {
        const answer = await fetch('runs/');
        setRuns((await answer.json()) as ShownRun[]);
    };
    /** Has the server run something, and opens it. */
    const begin = (address: string, fields: FormData | Record<string, string> = {}): void => {
        ask<{ id: string }>(address, fields).then(
            async ({ id }) => {
                await readRuns();
                setOutcome(undefined);
                setLive(id);
                open({ run: id });
            },
            (error: unknown) => setProblem((error as Error).message),
        );
    };

    useEffect(() => {
        // Who was led to a run finds the form filled in for it, to run it anew with something changed.
        const fillIn = (): void => {
            const { run: wanted } = readLabPlace(location.hash);
            const named = data.runs.find(({ id }) => id === wanted);
            if (form && named) fillInForm(form, named.fields);
        };
        const changed = (): void => {
            setPlace(readLabPlace(location.hash));
            fillIn();
        };
        fillIn();
        addEventListener('hashchange', changed);
        addEventListener('popstate', changed);
        const submitted = (event: SubmitEvent): void => {
            event.preventDefault();
            begin('runs/', new FormData(form!));
        };
        form?.addEventListener('submit', submitted);
        return () => {
            removeEventListener('hashchange', changed);
            removeEventListener('popstate', changed);
            form?.removeEventListener('submit', submitted);
        };
    }, []);

    const isLive = run !== undefined && live === run.id;
    return (
        <div class="lab">
            <RunList runs={runs} run={run} beside={place.beside} onOpen={open} />
            {problem !== undefined && (
                <p class="problem" role="alert">
                    {problem}
                </p>
            )}
            {isLive && (
                <LiveBar
                    id={run.id}
                    onProblem={setProblem}
                    onOver={(told) => {
                        setOutcome(told);
                        // It may have been struck by hand, and be called so.
                        void readRuns().finally(() => setLive(undefined));
                    }}
                />
            )}
            {outcome && !isLive && <OutcomeText outcome={outcome} />}
            {run && (
                <p class="note">
                    <code>{run.command}</code>
                </p>
            )}
            {run && recording && (
                <Shown
                    key={run.id}
                    run={run}
                    recording={recording}
                    other={other}
                    place={place}
                    isLive={isLive}
                    canRun={data.isLive && live === undefined}
                    onPlace={setPlace}
                    onBegin={begin}
                />
            )}
        </div>
    );
}

/** Fills in a form: fields that are not named become what they are at first. */
function fillInForm(form: HTMLFormElement, fields: Readonly<Record<string, string>>): void {
    form.reset();
    const inputs = [...form.elements] as (HTMLInputElement | HTMLSelectElement)[];
    for (const input of inputs.filter(({ name }) => name in fields)) {
        if (input.type === 'checkbox') (input as HTMLInputElement).checked = true;
        else input.value = fields[input.name]!;
        const details = input.closest('details');
        if (details) details.open = true;
    }
}

interface ShownProperties {
    run: ShownRun;
    recording: Recording;
    other: Recording | undefined;
    place: LabPlace;
    isLive: boolean;
    canRun: boolean;
    onPlace: (place: LabPlace) => void;
    onBegin: (address: string, fields?: Record<string, string>) => void;
}

/** A run at a moment. While it goes on, the cursor stays at its end until somebody moves it. */
function Shown({ run, recording, other, place, isLive, canRun, onPlace, onBegin }: ShownProperties) {
    const address = useRef<ReturnType<typeof setTimeout>>(undefined);
    const index = Math.min(recording.last, Math.max(recording.first, place.index ?? recording.last));
    const move = (to: number): void => {
        const next = { ...place, run: run.id, index: to };
        onPlace(next);
        clearTimeout(address.current);
        address.current = setTimeout(() => history.replaceState(null, '', labHref(next)), ADDRESS_MILLIS);
    };
    return (
        <>
            {recording.causes.length > 0 && !isLive && (
                <ul class="causes">
                    {recording.causes.map((cause) => (
                        <li key={cause}>{cause}</li>
                    ))}
                </ul>
            )}
            {canRun && (
                <p class="lab-actions">
                    {run.isRecorded ? (
                        <button type="button" class="plain" onClick={() => onBegin(`recorded/${run.id}/`)}>
                            Run it anew on this machine
                        </button>
                    ) : (
                        <button
                            type="button"
                            class="plain"
                            onClick={() => onBegin(`runs/${run.id}/fork`, { index: String(index) })}
                        >
                            Crash it here (entry {index}), and go on
                        </button>
                    )}
                </p>
            )}
            <Player
                recording={recording}
                index={index}
                onMove={move}
                hrefOf={(at) => labHref({ ...place, run: run.id, index: at })}
                {...(other && { other })}
            />
        </>
    );
}

function OutcomeText({ outcome: { isWell, sentence } }: { outcome: LabOutcome }) {
    return (
        <p class={isWell ? 'verdict well' : 'verdict wrong'} role="status">
            {isWell ? '✔' : '✘'} {sentence}
        </p>
    );
}

/** The recording of a run; while it is live, again and again. */
function useRecording(
    run: ShownRun | undefined,
    how: 'live' | 'whole',
    onProblem: (problem: string) => void,
): Recording | undefined {
    const [found, setFound] = useState<{ id: string; recording: Recording }>();
    useEffect(() => {
        if (!run) return undefined;
        let isWanted = true;
        const read = async (): Promise<void> => {
            const trace = await fetchTrace(run.recording);
            // A run that has just begun has no process yet.
            if (isWanted && trace.runId !== undefined)
                setFound({ id: run.id, recording: recordingOf(trace, run.label) });
        };
        const failed = (error: unknown): void => {
            if (isWanted) onProblem(`The recording can't be read: ${(error as Error).message}`);
        };
        if (how === 'whole') {
            read().catch(failed);
            return () => {
                isWanted = false;
            };
        }
        const told = new EventSource(`../jobs/${run.id}`);
        let reading: Promise<void> | undefined;
        told.addEventListener('entries', () => {
            // What comes meanwhile is in the next reading.
            reading ??= read()
                .catch(() => {})
                .finally(() => {
                    reading = undefined;
                });
        });
        told.addEventListener('over', () => told.close());
        return () => {
            isWanted = false;
            told.close();
        };
    }, [run?.id, how]);
    return run && found?.id === run.id ? found.recording : undefined;
}
