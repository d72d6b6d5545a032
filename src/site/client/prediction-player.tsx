import { useState } from 'preact/hooks';

import type { Recording } from '../../replay/model/recording.js';
import { Player } from '../../replay/page/player.js';
import type { RunLink } from '../quiz/quiz-links.js';
import { whereWrong } from '../quiz/where-wrong.js';
import { useRecorded } from './use-recorded.js';

/** The run of a prediction, and a button to say where it goes wrong. */
export function PredictionPlayer({ run }: { run: RunLink }) {
    const { recording, problem } = useRecorded(run.recording, run.label);
    const [moved, setMoved] = useState<number>();
    const [pointed, setPointed] = useState<number>();
    const [stops, setStops] = useState(0);

    /** What is pointed at or shown stays under the cursor: nothing plays on. */
    const stopAt = (at: number): void => {
        setStops(stops + 1);
        setMoved(at);
    };

    if (problem !== undefined) return <p class="problem">The recording can't be read: {problem}</p>;
    if (!recording) return <p class="note">Fetching the run …</p>;
    const index = moved ?? recording.first;
    const point = (): void => {
        setPointed(index);
        stopAt(index);
    };
    return (
        <>
            <p>
                Go to the moment at which the object of counts goes wrong, and press the button. It doesn't count for
                your points.
            </p>
            <p class="actions">
                <button type="button" class="plain" onClick={point}>
                    It goes wrong here
                </button>
            </p>
            <div role="status" class="pointed">
                {pointed !== undefined && <Answer recording={recording} pointed={pointed} onMove={stopAt} />}
            </div>
            <Player
                key={stops}
                recording={recording}
                index={index}
                onMove={setMoved}
                hrefOf={(at) => (run.lab === undefined ? `#${at}` : `${run.lab}&e=${at}`)}
                isCompact
                isStill
            />
        </>
    );
}

interface AnswerProperties {
    recording: Recording;
    pointed: number;
    onMove: (index: number) => void;
}

function Answer({ recording, pointed, onMove }: AnswerProperties) {
    const wrong = whereWrong(recording);
    if (!wrong) return <p>It doesn't go wrong: at its end the saved object is exact.</p>;
    const { since, until, what } = wrong;
    const told = (index: number): string => `#${index}: ${recording.told[index - recording.first]!.text}`;
    const isThere = pointed >= since && pointed <= until;
    const away = pointed < since ? since - pointed : pointed - until;
    const entries = `${away} ${away === 1 ? 'entry' : 'entries'}`;
    const verdict = isThere
        ? 'Yes, here.'
        : pointed < since
          ? `It is still right here: ${entries} too early.`
          : `It is wrong already: ${entries} too late.`;
    return (
        <>
            <p>
                <strong>{verdict}</strong>{' '}
                {what === 'owed'
                    ? 'This is the first entry after which something is owed for good:'
                    : 'This is the first entry after which too much is counted for good:'}{' '}
                {told(since)}
                {until !== since && <>. The kill makes it final: {told(until)}</>}
            </p>
            <p class="actions">
                <button type="button" class="plain" onClick={() => onMove(since)}>
                    Show #{since}
                </button>
                {until !== since && (
                    <button type="button" class="plain" onClick={() => onMove(until)}>
                        Show the kill
                    </button>
                )}
            </p>
        </>
    );
}
