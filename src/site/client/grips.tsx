import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface GripsOptions {
    /** What the items are called when they are read out. */
    names: readonly string[];
    /** Items in the order in which they are drawn: a new array whenever one has moved. */
    drawn: readonly number[];
    /** Where an item is, from 0 to `last`; -1 for nowhere yet. */
    placeOf: (item: number) => number;
    last: number;
    move: (item: number, to: number) => void;
    /** A place in words, such as 'number 3 of 7'. */
    inWords: (place: number) => string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/**
 * Items that are moved by keys: Space grabs one by its grip, arrows move it, Space puts it down. Each move is told to
 * who can't see it, and leaves the focus on what was used. Elements of an item have `data-item` around them and
 * `data-what` of their own.
 */
export function useGrips({ names, drawn, placeOf, last, move, inWords }: GripsOptions) {
    const [grabbed, setGrabbed] = useState<number>();
    const [said, say] = useState('');
    const root = useRef<HTMLDivElement>(null);
    const focused = useRef<{ item: number; what: string } | undefined>(undefined);
    const isMoving = useRef(false);

    const find = (item: number | undefined, what: string): HTMLElement | null | undefined =>
        root.current?.querySelector<HTMLElement>(`[data-item="${item}"] [data-what="${what}"]:not(:disabled)`);

    // Where an item is moved its element may be taken out and put in again, and so lose the focus.
    useLayoutEffect(() => {
        const { item, what = '' } = focused.current ?? {};
        (find(item, what) ?? find(item, 'grip'))?.focus();
        isMoving.current = false;
    }, [drawn]);

    const moveTo = (item: number, to: number): void => {
        if (to < 0 || to > last || to === placeOf(item)) return;
        isMoving.current = true;
        move(item, to);
        say(`${names[item]}: now ${inWords(to)}.`);
    };

    const onKeyDown = (event: KeyboardEvent, item: number): void => {
        const place = placeOf(item);
        const isHeld = grabbed === item;
        const { key } = event;
        if (key === ' ' || key === 'Enter') {
            setGrabbed(isHeld ? undefined : item);
            const how = isHeld ? '' : ' Arrow keys move it, Space puts it down.';
            say(`${names[item]}: ${isHeld ? 'put down' : 'grabbed'}, ${inWords(place)}.${how}`);
        } else if (key === 'Escape' && isHeld) {
            setGrabbed(undefined);
            say(`${names[item]}: put down, ${inWords(place)}.`);
        } else if (isHeld && key in STEPS) moveTo(item, place + STEPS[key]!);
        else if (isHeld && key === 'Home') moveTo(item, 0);
        else if (isHeld && key === 'End') moveTo(item, last);
        else if (!isHeld && key in STEPS) find(drawn[drawn.indexOf(item) + STEPS[key]!], 'grip')?.focus();
        else return;
        event.preventDefault();
    };

    return {
        grabbed,
        setGrabbed,
        said,
        root,
        moveTo,
        /** Where the focus is, to be kept there. */
        onFocus: (event: FocusEvent, item: number): void => {
            const { what } = (event.target as HTMLElement).dataset;
            if (what !== undefined) focused.current = { item, what };
        },
        gripOf: (item: number) =>
            ({
                type: 'button',
                class: 'grip',
                'data-what': 'grip',
                'aria-pressed': grabbed === item,
                onBlur: () => !isMoving.current && setGrabbed(undefined),
                onKeyDown: (event: KeyboardEvent) => onKeyDown(event, item),
            }) as const,
    };
}

/** Below items that are moved: what is read out of the last move, and the button that answers. */
export function GripsEnd({ said }: { said: string }) {
    return (
        <>
            <p class="hidden" aria-live="assertive">
                {said}
            </p>
            <p class="actions">
                <button type="submit">Answer</button>
            </p>
        </>
    );
}

/** A text of the quiz as it is read out. */
export function spoken(text: string): string {
    return text.replaceAll('`', '');
}
