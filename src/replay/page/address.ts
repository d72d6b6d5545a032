/** What the address of a report says: which run, which cell of the map, and which moment of it. */
export interface ReportPlace {
    run?: number;
    cell?: number;
    index?: number;
}

/** Reads what stands behind the `#`. */
export function readPlace(hash: string): ReportPlace {
    const parameters = new URLSearchParams(hash.replace(/^#/, ''));
    const number = (name: string): number | undefined => {
        const text = parameters.get(name);
        return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    };
    const [run, cell, index] = [number('run'), number('cell'), number('e')];
    return {
        ...(run !== undefined && { run }),
        ...(cell !== undefined && { cell }),
        ...(index !== undefined && { index }),
    };
}

export function placeHref({ run, cell, index }: ReportPlace): string {
    const parts = [
        ...(run === undefined ? [] : [`run=${run}`]),
        ...(cell === undefined ? [] : [`cell=${cell}`]),
        ...(index === undefined ? [] : [`e=${index}`]),
    ];
    return `#${parts.join('&')}`;
}
