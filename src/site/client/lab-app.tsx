import { useEffect, useState } from 'preact/hooks';

import { type Recording, recordingOf } from '../../replay/model/recording.js';
import { Player } from '../../replay/page/player.js';
import { useLateAddress } from '../../replay/page/use-late-address.js';
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

/** The lab: the run that is open, live or recorded, perhaps another beside it, and what can be done with it. */
export function LabApp({ data, form }: Properties) {
    const [runs, setRuns] = useState(data.runs);
    const [place, setPlace] = useState<LabPlace>(() => readLabPlace(location.hash));
    const [live, setLive] = useState<string | undefined>(data.present);
    const [outcome, setOutcome] = useState<LabOutcome>();
    const [problem, setProblem] = useState<string>();
    const address = useLateAddress();
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
        address.keep();
        history.pushState(null, '', labHref(next));
    };
    const move = (next: LabPlace): void => {
        setPlace(next);
        address.follow(labHref(next));
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
            address.keep();
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
                    onMove={move}
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
    onMove: (place: LabPlace) => void;
    onBegin: (address: string, fields?: Record<string, string>) => void;
}

/** A run at a moment. While it goes on, the cursor stays at its end until somebody moves it. */
function Shown({ run, recording, other, place, isLive, canRun, onMove, onBegin }: ShownProperties) {
    const index = Math.min(recording.last, Math.max(recording.first, place.index ?? recording.last));
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
                onMove={(to) => onMove({ ...place, run: run.id, index: to })}
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
