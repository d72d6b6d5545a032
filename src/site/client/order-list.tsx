import { useState } from 'preact/hooks';

import type { OrderProperties } from '../pages/quiz-form.js';
import { Inline } from '../pages/quiz-blocks.js';
import { FIELDS } from '../quiz/fields.js';
import { NO_LINKS } from '../quiz/quiz-links.js';
import { GripsEnd, spoken, useGrips } from './grips.js';
import { keepPlaces, placesKept } from './kept-places.js';

/** Items that are put in order as a whole: by drag, by buttons, or by keys. */
export function OrderList({ name, items }: OrderProperties) {
    const [order, setOrder] = useState(() => placesKept(name, items.length) ?? items.map((_, at) => at));
    const names = items.map(({ text }) => spoken(text));
    const { grabbed, setGrabbed, said, root, moveTo, onFocus, gripOf } = useGrips({
        names,
        drawn: order,
        placeOf: (item) => order.indexOf(item),
        last: items.length - 1,
        move: (item, to) => {
            const next = order.filter((one) => one !== item);
            next.splice(to, 0, item);
            setOrder(next);
            keepPlaces(name, next);
        },
        inWords: (place) => `number ${place + 1} of ${items.length}`,
    });

    const onPointerDown = (event: PointerEvent, item: number): void => {
        if (event.button !== 0) return;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        setGrabbed(item);
    };
    const onPointerMove = (event: PointerEvent, item: number): void => {
        if (grabbed !== item || !(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return;
        const rows = [...root.current!.querySelectorAll('li')].map((row) => row.getBoundingClientRect());
        const to = rows.findIndex(({ bottom }) => event.clientY < bottom);
        const at = order.indexOf(item);
        const target = to === -1 ? rows.length - 1 : to;
        // Only past the middle of the other, or two of unlike height would change places without end.
        const middle = rows[target]!.top + rows[target]!.height / 2;
        if ((target > at && event.clientY > middle) || (target < at && event.clientY < middle)) moveTo(item, target);
    };

    return (
        <div class="order" ref={root}>
            <p class="note" id="order-how">
                Drag the items, or use their buttons. By keys: Space grabs an item, arrows move it, Space puts it down.
            </p>
            <ol>
                {order.map((item, at) => (
                    <li
                        key={item}
                        data-item={item}
                        class={grabbed === item ? 'grabbed' : ''}
                        onFocusCapture={(event) => onFocus(event, item)}
                    >
                        <button
                            {...gripOf(item)}
                            aria-describedby="order-how"
                            aria-label={`Number ${at + 1}: ${names[item]}`}
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
                                aria-label={`Move ${what}: ${names[item]}`}
                                disabled={what === 'up' ? at === 0 : at === order.length - 1}
                                onClick={() => moveTo(item, what === 'up' ? at - 1 : at + 1)}
                            >
                                <span aria-hidden="true">{what === 'up' ? '↑' : '↓'}</span>
                            </button>
                        ))}
                        <input type="hidden" name={FIELDS.items} value={items[item]!.value} />
                    </li>
                ))}
            </ol>
            <GripsEnd said={said} />
        </div>
    );
}
