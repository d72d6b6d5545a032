import type { ComponentChildren } from 'preact';

import type { CellData } from '../../replay/model/report-data.js';
import { ProofMap } from '../../replay/page/map.js';

/** What the script of a page is told of the recorded proofs. */
export interface RecordedMapProperties {
    /** The states of all steps, each with its step as its group. */
    cells: readonly CellData[];
    /** Where each cell's run is, and the moment at which it opens. */
    runs: readonly { trace: string; opensAt: number }[];
    shop: string;
}

interface Properties extends RecordedMapProperties {
    /** Whether cells open their runs: only while the page's script is at work. */
    canOpen?: boolean;
    open?: number;
    replay?: ComponentChildren;
}

/** The recorded proofs of all steps, as a map whose cells open their runs. */
export function RecordedMap({ cells, shop, canOpen = false, open, replay }: Properties) {
    return (
        <>
            <h2>All steps of the solution</h2>
            <p>
                Each cell is a state in which a crash can leave the step’s run in a shop of {shop}, from the first call
                to the last. Open one, and see how its run went on from there.
            </p>
            <noscript>
                <p class="note">To open a run needs scripts.</p>
            </noscript>
            <ProofMap
                cells={canOpen ? cells.map((cell, place) => ({ ...cell, run: place })) : cells}
                open={open}
                hrefOf={(place) => `#cell=${place}`}
            />
            {replay}
        </>
    );
}
