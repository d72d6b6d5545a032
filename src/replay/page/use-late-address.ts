import { useRef } from 'preact/hooks';

/** So long the cursor rests before the address follows it: browsers limit how often it may change. */
const REST_MILLIS = 150;

/** The address of a page, which follows the cursor late. */
export interface LateAddress {
    /** Has the address be this one when the cursor rests, without an entry in the history. */
    follow: (href: string) => void;
    /** Keeps the address as it is, whatever the cursor did before: something else has been opened. */
    keep: () => void;
}

export function useLateAddress(): LateAddress {
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const keep = (): void => clearTimeout(timer.current);
    const follow = (href: string): void => {
        keep();
        timer.current = setTimeout(() => history.replaceState(null, '', href), REST_MILLIS);
    };
    return { follow, keep };
}
