import { useEffect, useState } from 'preact/hooks';

import { readPlace } from '../../replay/page/address.js';
import { Player } from '../../replay/page/player.js';
import { useRecorded } from './use-recorded.js';

interface Properties {
    /** Address of its trace. */
    trace: string;
    label: string;
    opensAt: number;
    /** Address of the trace of an undisturbed run, to be shown beside it. */
    undisturbed?: string;
    /** Makes the address of a moment. Default: the moment alone. */
    hrefOf?: (index: number) => string;
}

/** The replay of a run, opened at a moment: the one that the address names, else a given one. */
export function RunAt({ trace: address, label, opensAt, undisturbed, hrefOf = (index) => `#e=${index}` }: Properties) {
    const { recording: other, problem: otherProblem } = useRecorded(undisturbed, 'undisturbed');
    const { recording, problem = otherProblem } = useRecorded(address, label);
    const [index, setIndex] = useState(() => readPlace(location.hash).index ?? opensAt);

    useEffect(() => {
        const changed = (): void => {
            const place = readPlace(location.hash);
            if (place.index !== undefined) setIndex(place.index);
        };
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
    }, []);

    if (problem !== undefined) return <p class="problem">The recording can't be read: {problem}</p>;
    if (!recording || (undisturbed !== undefined && !other)) return <p class="note">The recording is being read …</p>;
    const within = Math.min(recording.last, Math.max(recording.first, index));
    return (
        <>
            {recording.causes.length > 0 && (
                <ul class="causes">
                    {recording.causes.map((cause) => (
                        <li key={cause}>{cause}</li>
                    ))}
                </ul>
            )}
            <Player recording={recording} index={within} onMove={setIndex} hrefOf={hrefOf} {...(other && { other })} />
        </>
    );
}
