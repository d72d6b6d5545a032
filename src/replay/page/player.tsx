import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { Alignment } from '../model/align.js';
import { cursorState } from '../model/cursor-state.js';
import { jump, type Move } from '../model/moves.js';
import type { Recording } from '../model/recording.js';
import { momentText } from '../model/moment-text.js';
import { Entries } from './entries.js';
import { Legend } from './legend.js';
import { Picture } from './picture.js';
import type { View } from '../picture/scale.js';
import { StatePanel } from './state-panel.js';
import { Toolbar } from './toolbar.js';
import { usePlaying } from './use-playing.js';

interface Properties {
    recording: Recording;
    /** A run that is shown beside it, under the same cursor. */
    other?: Recording;
    index: number;
    onMove: (index: number) => void;
    /** Makes the address of a moment. */
    hrefOf: (index: number) => string;
    /** As a figure in a text: it plays at once, and leaves out the list of entries and the legend. */
    isCompact?: boolean;
    /** Has such a figure wait until it is played. */
    isStill?: boolean;
}

const KEYS: Readonly<Record<string, Move>> = {
    ArrowRight: 'next',
    ArrowUp: 'next',
    ArrowLeft: 'previous',
    ArrowDown: 'previous',
    Home: 'first',
    End: 'last',
    PageDown: 'next-mark',
    PageUp: 'previous-mark',
    '[': 'previous-owed',
    ']': 'next-owed',
};
const SHIFTED: Readonly<Record<string, Move>> = { ArrowRight: 'next-mark', ArrowLeft: 'previous-mark' };
const ZOOM_STEP = 2;

/** One run, or two under one cursor: the picture, the scrubber, and the state at the cursor. */
export function Player({ recording, other, index, onMove, hrefOf, isCompact = false, isStill = false }: Properties) {
    const [zoom, setZoom] = useState(1);
    const scrubber = useRef<HTMLInputElement>(null);
    const playing = usePlaying(recording, index, onMove, isCompact && !isStill);
    const state = useMemo(() => cursorState(recording, index), [recording, index]);
    const sides = useMemo(() => other && sidesOf(recording, other), [recording, other]);
    const otherIndex = other && sides!.there.otherIndex(index);
    const otherState = useMemo(
        () => (other && otherIndex !== undefined ? cursorState(other, otherIndex) : undefined),
        [other, otherIndex],
    );
    const view = useView(recording, zoom, index);
    const otherView = useView(other ?? recording, zoom, otherIndex ?? index);
    const move = (how: Move): void => onMove(jump(recording, index, how));
    const zoomBy = (factor: number): void => setZoom((before) => Math.min(1_024, Math.max(1, before * factor)));

    const onKeyDown = (event: KeyboardEvent): void => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const target = event.target as HTMLElement;
        const isScrubber = target === scrubber.current;
        // A list of speeds has its own use for letters and arrows, a button for the space bar.
        if (target.tagName === 'SELECT' || (event.key === ' ' && !isScrubber)) return;
        const known = event.shiftKey ? (SHIFTED[event.key] ?? KEYS[event.key]) : KEYS[event.key];
        if (known && (isScrubber || known.endsWith('owed'))) move(known);
        else if (event.key === ' ') playing.toggle();
        else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_STEP);
        else if (event.key === '-') zoomBy(1 / ZOOM_STEP);
        else return;
        event.preventDefault();
    };

    return (
        <section class="player" aria-label={`Replay of ${recording.label}`} onKeyDown={onKeyDown}>
            <Toolbar
                playing={playing}
                move={move}
                zoomBy={zoomBy}
                zoom={zoom}
                hasTruth={recording.hasTruth}
                {...(sides?.divergence && { onDivergence: () => onMove(sides.divergence!.index) })}
            />
            <div class="pictures">
                {other && <h2 class="run-name">{recording.label}</h2>}
                <Picture
                    recording={recording}
                    index={index}
                    view={view}
                    onMove={onMove}
                    {...(sides?.divergence && { divergence: sides.divergence.index })}
                />
                {other && <h2 class="run-name">{other.label}</h2>}
                {other && (
                    <Picture
                        recording={other}
                        index={otherIndex!}
                        view={otherView}
                        onMove={(there) => onMove(sides!.here.otherIndex(there))}
                        {...(sides?.divergence && { divergence: sides.divergence.otherIndex })}
                    />
                )}
            </div>
            <div class="scrubber">
                <span aria-hidden="true">#{recording.first}</span>
                <input
                    ref={scrubber}
                    type="range"
                    min={recording.first}
                    max={recording.last}
                    value={index}
                    aria-label={`Moment of ${recording.label}`}
                    aria-valuetext={momentText(state)}
                    onInput={(event) => onMove(Number(event.currentTarget.value))}
                />
                <span aria-hidden="true">#{recording.last}</span>
            </div>
            <p class="moment">
                <a href={hrefOf(index)} title="The address of this moment">
                    #{index}
                </a>{' '}
                <span class="moment-text">{momentText(state)}</span>
            </p>
            <div class={other ? 'states two' : 'states'}>
                <StatePanel recording={recording} state={state} isNamed={other !== undefined} />
                {otherState && <StatePanel recording={other!} state={otherState} isNamed />}
            </div>
            {!isCompact && <Entries recording={recording} index={index} hrefOf={hrefOf} />}
            {!isCompact && <Legend />}
        </section>
    );
}

function sidesOf(recording: Recording, other: Recording) {
    const there = new Alignment(recording.trace, other.trace);
    return { there, here: new Alignment(other.trace, recording.trace), divergence: there.firstDivergence() };
}

/** The part of the run that is shown: all of it, or what lies about the cursor, which it follows. */
function useView({ clock }: Recording, zoom: number, index: number): View {
    const [middle, setMiddle] = useState(clock.length / 2);
    const length = clock.length / zoom;
    const place = clock.placeOf(index);
    const isOut = Math.abs(place - middle) > length * 0.45;
    useEffect(() => {
        if (isOut) setMiddle(place);
    }, [isOut, place]);
    const from = Math.min(Math.max(0, (isOut ? place : middle) - length / 2), clock.length - length);
    return useMemo(() => ({ from, to: from + length }), [from, length]);
}
