import { useEffect, useState } from 'preact/hooks';

import { readPlace } from '../../replay/page/address.js';

/** The cell that the page's address opens, and what opens another one until the address changes. */
export function useOpenCell(): [open: number | undefined, setOpen: (cell: number | undefined) => void] {
    const [open, setOpen] = useState<number>();
    useEffect(() => {
        const changed = (): void => {
            const { cell } = readPlace(location.hash);
            if (cell !== undefined || location.hash === '') setOpen(cell);
        };
        // The server's page has no replay: what is first rendered must be as it is there.
        changed();
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
    }, []);
    return [open, setOpen];
}
