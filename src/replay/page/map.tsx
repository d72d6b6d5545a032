import type { CellData } from '../model/report-data.js';

interface Properties {
    cells: readonly CellData[];
    /** Place of the cell whose run is open. */
    open: number | undefined;
    hrefOf: (cell: number) => string;
}

/** The map of a proof: a cell for each state, which opens its run at its strike. */
export function ProofMap({ cells, open, hrefOf }: Properties) {
    const outcomes = [...new Map(cells.map((cell) => [cell.outcome, cell])).values()];
    return (
        <section class="map" aria-label="Crash states">
            <ul class="outcomes">
                {outcomes.map(({ outcome, sign, isWell }) => (
                    <li key={outcome}>
                        <span class={isWell ? 'cell well' : 'cell wrong'}>{sign}</span>{' '}
                        {cells.filter((cell) => cell.outcome === outcome).length} {outcome}
                    </li>
                ))}
            </ul>
            <ol class="cells">
                {cells.map(({ label, outcome, sign, isWell, run }, i) => {
                    const text = `${label}: ${outcome}`;
                    const name = `cell ${isWell ? 'well' : 'wrong'}`;
                    return (
                        <li key={i}>
                            {run === undefined ? (
                                <span class={name} title={text}>
                                    <span aria-hidden="true">{sign}</span>
                                    <span class="hidden">{text}</span>
                                </span>
                            ) : (
                                <a
                                    class={name}
                                    href={hrefOf(i)}
                                    title={text}
                                    aria-label={text}
                                    aria-current={open === i ? 'true' : undefined}
                                >
                                    {sign}
                                </a>
                            )}
                        </li>
                    );
                })}
            </ol>
            {open !== undefined && (
                <p class="open-cell">
                    {cells[open]!.label}: <strong>{cells[open]!.outcome}</strong>
                </p>
            )}
        </section>
    );
}
