import type { CellData } from '../model/report-data.js';

interface Properties {
    cells: readonly CellData[];
    /** ReportPlace of the cell whose run is open. */
    open: number | undefined;
    hrefOf: (cell: number) => string;
}

/** The map of a proof: a cell for each state, which opens its run at its strike. */
export function ProofMap({ cells, open, hrefOf }: Properties) {
    const groups = new Map<string, number[]>();
    for (const [place, { group = '' }] of cells.entries()) groups.set(group, [...(groups.get(group) ?? []), place]);
    const outcomes = [...new Map(cells.map((cell) => [cell.outcome, cell])).values()];
    return (
        <section class="map" aria-label="Crash states">
            <ul class="outcomes">
                {outcomes.map(({ outcome, sign, isWell }) => (
                    <li key={outcome}>
                        <span class={cellClass(isWell)}>{sign}</span>{' '}
                        {cells.filter((cell) => cell.outcome === outcome).length} {outcome}
                    </li>
                ))}
            </ul>
            {[...groups].map(([group, places]) => (
                <section key={group} aria-label={group === '' ? 'States' : group}>
                    {group !== '' && <h2>{group}</h2>}
                    <ol class="cells">
                        {places.map((place) => (
                            <Cell key={place} cell={cells[place]!} isOpen={open === place} href={hrefOf(place)} />
                        ))}
                    </ol>
                </section>
            ))}
            {open !== undefined && (
                <p class="open-cell">
                    {cells[open]!.label}: <strong>{cells[open]!.outcome}</strong>
                    {cells[open]!.repeat !== undefined && <code>{cells[open]!.repeat}</code>}
                </p>
            )}
        </section>
    );
}

function cellClass(isWell: boolean | undefined): string {
    if (isWell === undefined) return 'cell';
    return isWell ? 'cell well' : 'cell wrong';
}

function Cell({
    cell: { label, outcome, sign, isWell, run },
    isOpen,
    href,
}: {
    cell: CellData;
    isOpen: boolean;
    href: string;
}) {
    const text = `${label}: ${outcome}`;
    const name = cellClass(isWell);
    return (
        <li>
            {run === undefined ? (
                <span class={name} title={text}>
                    <span aria-hidden="true">{sign}</span>
                    <span class="hidden">{text}</span>
                </span>
            ) : (
                <a class={name} href={href} title={text} aria-label={text} aria-current={isOpen ? 'true' : undefined}>
                    {sign}
                </a>
            )}
        </li>
    );
}
