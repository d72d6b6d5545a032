import { useState } from 'preact/hooks';

import type { Recording } from '../../replay/model/recording.js';
import { Player } from '../../replay/page/player.js';
import type { FigureData } from '../pages/figure.js';
import { useRecorded } from './use-recorded.js';

/** A figure: the switch, and the run that is chosen, which plays at once. */
export function FigurePlayer({ data: { runs, isLive } }: { data: FigureData }) {
    const [chosen, setChosen] = useState(0);
    const [moved, setMoved] = useState<{ recording: Recording; index: number }>();
    const run = runs[chosen]!;
    const { recording, problem } = useRecorded(run.recording, run.label);

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
                    index={moved?.recording === recording ? moved.index : recording.first}
                    onMove={(index) => setMoved({ recording, index })}
                    hrefOf={(at) => `${run.runPlace}&e=${at}`}
                    isCompact
                />
            )}
            <p class="note">
                <a href={run.runPlace}>{isLive ? 'Run it anew in the lab' : 'Open in the lab'}</a>,{' '}
                {isLive ? 'or in a terminal' : 'or run it with the course on your machine'}: <code>{run.command}</code>
            </p>
        </div>
    );
}
