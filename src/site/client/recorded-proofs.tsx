import { useEffect, useState } from 'preact/hooks';

import { RecordedMap, type RecordedMapProperties } from '../pages/recorded-map.js';
import { RunAt } from './run-at.js';
import { useOpenCell } from './use-open-cell.js';

/** The map of the recorded proofs; the address says which cell's run is open, and at which moment. */
export function RecordedProofs(properties: RecordedMapProperties) {
    const { cells, runs } = properties;
    // The server's page opens nothing: what is first rendered must be as it is there.
    const [isTakenOver, setTakenOver] = useState(false);
    const [wanted] = useOpenCell();
    const open = wanted !== undefined && wanted < cells.length ? wanted : undefined;
    useEffect(() => setTakenOver(true), []);
    const { label = '', group = '' } = open === undefined ? {} : cells[open]!;
    return (
        <RecordedMap
            {...properties}
            canOpen={isTakenOver}
            {...(open !== undefined && {
                open,
                replay: (
                    <section class="struck" aria-label={`The run that went on from ${label}`}>
                        <RunAt
                            key={open}
                            trace={runs[open]!.trace}
                            label={`${group}, ${label}`}
                            opensAt={runs[open]!.opensAt}
                            hrefOf={(index) => `#cell=${open}&e=${index}`}
                        />
                    </section>
                ),
            })}
        />
    );
}
