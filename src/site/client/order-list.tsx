import { useEffect, useRef, useState } from 'preact/hooks';

import type { OrderProperties } from '../pages/quiz-form.js';
import { Inline } from '../pages/quiz-blocks.js';
import { FIELDS } from '../quiz/fields.js';
import type { QuizLinks } from '../quiz/quiz-links.js';

/** Texts of an order lead nowhere. */
const NO_LINKS: QuizLinks = { overview: '', review: '', questions: {}, lessons: {}, runs: {} };

/**
 * Items that are put in order as a whole: by drag, by buttons, or by keys, where an item is grabbed with the space bar
 * and moved with arrows. The order is kept with the page, so that it is there when the page is loaded again.
 */
export function OrderList({ name, items }: OrderProperties) {
    const [order, setOrder] = useState(() => orderKept(name, items.length) ?? items.map((_, at) => at));
    const [grabbed, setGrabbed] = useState<number>();
    const [said, say] = useState('');
    const list = useRef<HTMLOListElement>(null);
    const focused = useRef<{ item: number; what: string } | undefined>(undefined);
    const isMoving = useRef(false);

    const move = (item: number, to: number): void => {
        const from = order.indexOf(item);
        if (to < 0 || to >= order.length || to === from) return;
        const next = order.filter((one) => one !== item);
        next.splice(to, 0, item);
        isMoving.current = true;
        setOrder(next);
        keepOrder(name, next);
        say(`${items[item]!.text}: now number ${to + 1} of ${order.length}.`);
    };

    // Where an item is moved its element may be taken out and put in again, and so lose the focus.
    useEffect(() => {
        const { item, what } = focused.current ?? {};
        list.current?.querySelector<HTMLElement>(`[data-item="${item}"] [data-what="${what}"]:not(:disabled)`)?.focus();
        isMoving.current = false;
    }, [order]);

    const onGripKey = (event: KeyboardEvent, item: number): void => {
        const at = order.indexOf(item);
        const isHeld = grabbed === item;
        const { key } = event;
        if (key === ' ' || key === 'Enter') {
            setGrabbed(isHeld ? undefined : item);
            const how = isHeld ? 'put down as' : 'grabbed. Arrow keys move it, Space puts it down. It is';
            say(`${items[item]!.text}: ${how} number ${at + 1} of ${order.length}.`);
        } else if (key === 'Escape' && isHeld) {
            setGrabbed(undefined);
            say(`${items[item]!.text}: put down as number ${at + 1}.`);
        } else if (isHeld && key in STEPS) move(item, at + STEPS[key]!);
        else if (isHeld && key === 'Home') move(item, 0);
        else if (isHeld && key === 'End') move(item, order.length - 1);
        else if (!isHeld && key in STEPS) {
            const other = order[at + STEPS[key]!];
            list.current?.querySelector<HTMLElement>(`[data-item="${other}"] .grip`)?.focus();
        } else return;
        event.preventDefault();
    };

    const onPointerDown = (event: PointerEvent, item: number): void => {
        if (event.button !== 0) return;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        setGrabbed(item);
    };
    const onPointerMove = (event: PointerEvent, item: number): void => {
        if (grabbed !== item || !(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return;
        const rows = [...list.current!.children].map((row) => row.getBoundingClientRect());
        const to = rows.findIndex(({ bottom }) => event.clientY < bottom);
        const at = order.indexOf(item);
        const target = to === -1 ? rows.length - 1 : to;
        // Only past the middle of the other, or two of unlike height would change places without end.
        const middle = rows[target]!.top + rows[target]!.height / 2;
        if ((target > at && event.clientY > middle) || (target < at && event.clientY < middle)) move(item, target);
    };

    return (
        <div class="order">
            <p class="note" id="order-how">
                Drag the items, or use their buttons. By keys: Space grabs an item, arrows move it, Space puts it down.
            </p>
            <ol ref={list}>
                {order.map((item, at) => (
                    <li key={item} data-item={item} class={grabbed === item ? 'grabbed' : ''}>
                        <button
                            type="button"
                            class="grip"
                            data-what="grip"
                            aria-pressed={grabbed === item}
                            aria-describedby="order-how"
                            aria-label={`Number ${at + 1}: ${items[item]!.text}`}
                            onFocus={() => (focused.current = { item, what: 'grip' })}
                            onBlur={() => !isMoving.current && setGrabbed(undefined)}
                            onKeyDown={(event) => onGripKey(event, item)}
                            onPointerDown={(event) => onPointerDown(event, item)}
                            onPointerMove={(event) => onPointerMove(event, item)}
                            onPointerUp={() => setGrabbed(undefined)}
                            onPointerCancel={() => setGrabbed(undefined)}
                        >
                            <span aria-hidden="true">⠿</span>
                        </button>
                        <span class="text">
                            <Inline text={items[item]!.text} links={NO_LINKS} />
                        </span>
                        {(['up', 'down'] as const).map((what) => (
                            <button
                                key={what}
                                type="button"
                                class="step"
                                data-what={what}
                                aria-label={`Move ${what}: ${items[item]!.text}`}
                                disabled={what === 'up' ? at === 0 : at === order.length - 1}
                                onFocus={() => (focused.current = { item, what })}
                                onClick={() => move(item, what === 'up' ? at - 1 : at + 1)}
                            >
                                <span aria-hidden="true">{what === 'up' ? '↑' : '↓'}</span>
                            </button>
                        ))}
                        <input type="hidden" name={FIELDS.items} value={items[item]!.value} />
                    </li>
                ))}
            </ol>
            <p class="hidden" aria-live="assertive">
                {said}
            </p>
            <p class="actions">
                <button type="submit">Answer</button>
            </p>
        </div>
    );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

interface Kept {
    order?: { name: string; places: number[] };
}

/** An order that was made before this page was loaded again. */
function orderKept(name: string, count: number): number[] | undefined {
    const kept = (history.state as Kept | null)?.order;
    return kept?.name === name && kept.places.length === count ? kept.places : undefined;
}

function keepOrder(name: string, places: number[]): void {
    history.replaceState({ ...(history.state as Kept | null), order: { name, places } }, '');
}
