import { useEffect, useMemo, useState } from 'preact/hooks';

import type { DatasetItem } from '../../trace/dataset.js';
import type { Reference } from '../../trace/ledger.js';
import { stateAt, type Trace } from '../../trace/trace.js';
import { addressesOf } from '../model/addresses.js';
import { Alignment } from '../model/align.js';
import { type Recording, recordingOf } from '../model/recording.js';
import type { ReportData } from '../model/report-data.js';
import { type ReportPlace, placeHref, readPlace } from './address.js';
import { ProofMap } from './map.js';
import { Player } from './player.js';
import { readElement } from './traces.js';
import { useLateAddress } from './use-late-address.js';

/** What is open: a run, and the one beside it. */
interface Opened {
    run: number;
    recording: Recording;
    other?: Recording;
}

/** The report: the map of a proof or the list of its runs, if it has several, and the run that is open. */
export function App({ data, onShown }: { data: ReportData; onShown: () => void }) {
    const [place, setPlace] = useState(() => readPlace(location.hash));
    const [opened, setOpened] = useState<Opened>();
    const [problem, setProblem] = useState<string>();
    const address = useLateAddress();
    const run = runOf(data, place);

    useEffect(() => {
        const changed = (): void => {
            address.keep();
            setPlace(readPlace(location.hash));
        };
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
    }, []);

    useEffect(() => {
        if (run === undefined) return;
        openRun(data, run).then(
            (found) => {
                setOpened(found);
                onShown();
            },
            (error: unknown) => setProblem((error as Error).message),
        );
    }, [data, run]);

    const move = (index: number): void => {
        const next = { ...place, index };
        setPlace(next);
        address.follow(placeHref(next));
    };
    const shown = opened?.run === run ? opened : undefined;
    return (
        <div class="app">
            {data.cells.length > 0 && (
                <ProofMap cells={data.cells} open={place.cell} hrefOf={(cell) => placeHref({ cell })} />
            )}
            {data.cells.length === 0 && <Runs data={data} run={run} />}
            {problem !== undefined && <p class="problem">The recording can't be read: {problem}</p>}
            {run !== undefined && !shown && problem === undefined && <p class="note">The recording is being read …</p>}
            {shown && <Shown data={data} opened={shown} place={place} onMove={move} />}
        </div>
    );
}

interface ShownProperties {
    data: ReportData;
    opened: Opened;
    place: ReportPlace;
    onMove: (index: number) => void;
}

function Shown({ data, opened: { run, recording, other }, place, onMove }: ShownProperties) {
    const opensAt = useMemo(() => openingOf(data, run, recording, other), [data, run, recording, other]);
    const index = Math.min(recording.last, Math.max(recording.first, place.index ?? opensAt));
    return (
        <>
            {recording.trace.lacks.map((sentence) => (
                <p key={sentence} class="lack">
                    {sentence}
                </p>
            ))}
            {recording.causes.length > 0 && (
                <ul class="causes">
                    {recording.causes.map((cause) => (
                        <li key={cause}>{cause}</li>
                    ))}
                </ul>
            )}
            <Player
                key={run}
                recording={recording}
                index={index}
                onMove={onMove}
                hrefOf={(at) => placeHref({ ...place, index: at })}
                {...(other && { other })}
            />
        </>
    );
}

function Runs({ data: { runs, undisturbed }, run }: { data: ReportData; run: number | undefined }) {
    if (runs.length < (undisturbed === undefined ? 2 : 3)) return null;
    return (
        <nav class="runs" aria-label="Runs">
            {runs.map(({ label }, i) => (
                <a key={i} href={placeHref({ run: i })} aria-current={i === run ? 'true' : undefined}>
                    {label}
                </a>
            ))}
        </nav>
    );
}

/** The run that is asked for; without a wish, the first that was struck. A map opens none before a cell is chosen. */
function runOf({ runs, undisturbed, cells }: ReportData, place: ReportPlace): number | undefined {
    if (place.cell !== undefined) return cells[place.cell]?.run;
    if (place.run !== undefined && place.run < runs.length) return place.run;
    if (cells.length > 0) return undefined;
    const first = runs.findIndex((_, i) => i !== undisturbed);
    return first === -1 ? 0 : first;
}

async function openRun({ runs, undisturbed, ignore }: ReportData, run: number): Promise<Opened> {
    const trace = await readElement(runs[run]!.element);
    if (undisturbed === undefined || undisturbed === run) {
        return { run, recording: recordingOf(trace, runs[run]!.label) };
    }
    const otherTrace = await readElement(runs[undisturbed]!.element);
    const reference: Reference = { rows: rowsOf(otherTrace), ignore, addresses: addressesOf(otherTrace) };
    return {
        run,
        recording: recordingOf(trace, runs[run]!.label, reference),
        other: recordingOf(otherTrace, runs[undisturbed]!.label, reference),
    };
}

function rowsOf(trace: Trace): readonly DatasetItem[] {
    const { state } = stateAt(trace, trace.end);
    const run = state.runs.get(trace.runId ?? '');
    return state.storages.datasets.get(run?.datasetId ?? '')?.content.items ?? [];
}

/** Where a run opens: where the report says, else at the first difference, else at its end. */
function openingOf(
    { runs }: ReportData,
    run: number,
    { trace, last }: Recording,
    other: Recording | undefined,
): number {
    const { opensAt } = runs[run]!;
    if (opensAt !== undefined) return opensAt;
    return (other && new Alignment(trace, other.trace).firstDivergence()?.index) ?? last;
}
