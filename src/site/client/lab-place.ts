/** What the address of the lab says: which run, which one beside it, and which moment. */
export interface LabPlace {
    run?: string;
    beside?: string;
    index?: number;
}

/** Reads what stands behind the `#`. */
export function readLabPlace(hash: string): LabPlace {
    const parameters = new URLSearchParams(hash.replace(/^#/, ''));
    const [run, beside, e] = [parameters.get('run'), parameters.get('beside'), parameters.get('e')];
    return {
        ...(run !== null && { run }),
        ...(beside !== null && { beside }),
        ...(e !== null && /^\d{1,9}$/.test(e) && { index: Number(e) }),
    };
}

export function labHref({ run, beside, index }: LabPlace): string {
    const parameters = new URLSearchParams();
    if (run !== undefined) parameters.set('run', run);
    if (beside !== undefined) parameters.set('beside', beside);
    if (index !== undefined) parameters.set('e', String(index));
    return `#${parameters.toString()}`;
}
