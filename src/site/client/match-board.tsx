import { useMemo, useState } from 'preact/hooks';

import { Inline } from '../pages/quiz-blocks.js';
import { MatchItem, type MatchProperties } from '../pages/quiz-match.js';
import { NO_LINKS } from '../quiz/quiz-links.js';
import { GripsEnd, spoken, useGrips } from './grips.js';
import { keepPlaces, placesKept } from './kept-places.js';

/** The place of what is in no group yet. */
const NOWHERE = -1;
/** So near to the window's edge, in px, a dragged item scrolls the page, by so much a move. */
const EDGE = 48;
const SCROLLED = 16;

interface Drag {
    item: number;
    /** Where it began, in px of the page. */
    from: { x: number; y: number };
    by: { x: number; y: number };
    over: number;
}

/** Items that are sorted into groups: by drag, by buttons, or by keys. */
export function MatchBoard({ name, items, groups, chosen }: MatchProperties) {
    const [places, setPlaces] = useState(
        () => placesKept(name, items.length) ?? chosen.map((group) => group ?? NOWHERE),
    );
    const [drag, setDrag] = useState<Drag>();
    const names = items.map(({ text }) => spoken(text));
    const inGroup = (place: number): number[] => [...items.keys()].filter((item) => places[item] === place);
    const drawn = useMemo(() => [NOWHERE, ...groups.keys()].flatMap(inGroup), [places]);
    const { grabbed, setGrabbed, said, root, moveTo, onFocus, gripOf } = useGrips({
        names,
        drawn,
        placeOf: (item) => places[item]!,
        last: groups.length - 1,
        move: (item, to) => {
            const next = places.with(item, to);
            setPlaces(next);
            keepPlaces(name, next);
        },
        inWords: (place) => (place === NOWHERE ? 'in no group' : `in group ${spoken(groups[place]!.text)}`),
    });

    const onPointerDown = (event: PointerEvent, item: number): void => {
        if (event.button !== 0) return;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        setGrabbed(item);
        const from = { x: event.pageX, y: event.pageY };
        setDrag({ item, from, by: { x: 0, y: 0 }, over: places[item]! });
    };
    const onPointerMove = ({ pageX, pageY, clientX, clientY }: PointerEvent): void => {
        if (!drag) return;
        if (clientY < EDGE) scrollBy(0, -SCROLLED);
        else if (clientY > innerHeight - EDGE) scrollBy(0, SCROLLED);
        const boxes = [...root.current!.querySelectorAll<HTMLElement>('[data-group]')];
        const box = boxes.find((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
        });
        const over = box ? Number(box.dataset.group) : places[drag.item]!;
        setDrag({ ...drag, by: { x: pageX - drag.from.x, y: pageY - drag.from.y }, over });
    };
    const letGo = (): void => {
        setDrag(undefined);
        setGrabbed(undefined);
    };
    const drop = (): void => {
        if (drag) moveTo(drag.item, drag.over);
        letGo();
    };

    const card = (item: number) => {
        const isDragged = drag?.item === item;
        return (
            <li
                key={item}
                data-item={item}
                class={isDragged ? 'grabbed dragged' : grabbed === item ? 'grabbed' : ''}
                style={isDragged ? { transform: `translate(${drag.by.x}px, ${drag.by.y}px)` } : undefined}
                onFocusCapture={(event) => onFocus(event, item)}
            >
                <button
                    {...gripOf(item)}
                    aria-describedby="match-how"
                    aria-label={`Move ${names[item]}`}
                    onPointerDown={(event) => onPointerDown(event, item)}
                    onPointerMove={onPointerMove}
                    onPointerUp={drop}
                    onPointerCancel={letGo}
                >
                    <span aria-hidden="true">⠿</span>
                </button>
                <MatchItem
                    item={items[item]!}
                    groups={groups}
                    chosen={places[item] === NOWHERE ? null : places[item]!}
                    links={NO_LINKS}
                    onChoose={(group) => moveTo(item, group)}
                />
            </li>
        );
    };
    const open = inGroup(NOWHERE);
    return (
        <div class="match board" ref={root}>
            <p class="note" id="match-how">
                Drag each item into its group, or choose the group. By keys: Space grabs an item, arrows move it from
                group to group, Space puts it down.
            </p>
            {open.length > 0 && <ul aria-label="In no group yet">{open.map(card)}</ul>}
            <div class="groups">
                {groups.map(({ value, text }, place) => (
                    <section
                        key={value}
                        class={drag?.over === place ? 'group over' : 'group'}
                        data-group={place}
                        aria-labelledby={`group-name-${place}`}
                    >
                        <h3 id={`group-name-${place}`}>
                            <Inline text={text} links={NO_LINKS} />
                        </h3>
                        {inGroup(place).length > 0 && <ul>{inGroup(place).map(card)}</ul>}
                    </section>
                ))}
            </div>
            <GripsEnd said={said} />
        </div>
    );
}
