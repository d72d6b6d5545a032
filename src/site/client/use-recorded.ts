import { useEffect, useState } from 'preact/hooks';

import { type Recording, recordingOf } from '../../replay/model/recording.js';
import { fetchTrace } from './recordings.js';

/** What has been fetched of a run; when another one is asked for, the one before until that is there. */
export interface Recorded {
    recording?: Recording;
    /** Why there is none. */
    problem?: string;
}

/** Fetches the recording of a run that is over, if one is wanted. */
export function useRecorded(address: string | undefined, label: string): Recorded {
    const [recorded, setRecorded] = useState<Recorded>({});
    useEffect(() => {
        if (address === undefined) return undefined;
        let isWanted = true;
        fetchTrace(address).then(
            (trace) => {
                if (isWanted) setRecorded({ recording: recordingOf(trace, label) });
            },
            (error: unknown) => {
                if (isWanted) setRecorded({ problem: (error as Error).message });
            },
        );
        return () => {
            isWanted = false;
        };
    }, [address, label]);
    return recorded;
}
