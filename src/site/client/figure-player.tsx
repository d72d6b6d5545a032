import { useEffect, useState } from 'preact/hooks';

import { type Recording, recordingOf } from '../../replay/model/recording.js';
import { Player } from '../../replay/page/player.js';
import type { FigureData } from '../pages/figure.js';
import { fetchTrace } from './recordings.js';

/** A figure: the switch, and the run that is chosen, which plays at once. */
export function FigurePlayer({ data: { runs } }: { data: FigureData }) {
    const [chosen, setChosen] = useState(0);
    const [recording, setRecording] = useState<Recording>();
    const [index, setIndex] = useState(0);
    const [problem, setProblem] = useState<string>();
    const run = runs[chosen]!;

    useEffect(() => {
        let isWanted = true;
        fetchTrace(run.recording).then(
            (trace) => {
                if (!isWanted) return;
                const made = recordingOf(trace, run.label);
                setIndex(made.first);
                setRecording(made);
            },
            (error: unknown) => setProblem((error as Error).message),
        );
        return () => {
            isWanted = false;
        };
    }, [run]);

    return (
        <div class="figure-player">
            {runs.length > 1 && (
                <div class="switch" role="group" aria-label="Which run">
                    {runs.map(({ label }, i) => (
                        <button key={label} type="button" aria-pressed={i === chosen} onClick={() => setChosen(i)}>
                            {label}
                        </button>
                    ))}
                </div>
            )}
            {problem !== undefined && <p class="problem">The recording can't be read: {problem}</p>}
            {recording && (
                <Player
                    key={recording.label}
                    recording={recording}
                    index={index}
                    onMove={setIndex}
                    hrefOf={(at) => `${run.runPlace}&e=${at}`}
                    isCompact
                />
            )}
            <p class="note">
                <a href={run.runPlace}>Open in the lab</a>, or run it: <code>{run.command}</code>
            </p>
        </div>
    );
}
