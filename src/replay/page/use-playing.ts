import { useEffect, useRef, useState } from 'preact/hooks';

import { jump } from '../model/moves.js';
import type { Recording } from '../model/recording.js';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/** Milliseconds between two steps where a person wants no motion: it goes from mark to mark then. */
const STEP_MILLIS = 1_500;

export interface Playing {
    isPlaying: boolean;
    speed: number;
    setSpeed: (speed: number) => void;
    toggle: () => void;
}

/** So fast what plays without being asked is over before a reader has gone on. */
const SPEED_AT_ONCE = 4;

/**
 * Moves the cursor on by itself: at a speed, or in steps where the person's system asks for less motion.
 *
 * @param isAtOnce Whether it begins to; where less motion is asked for, it waits for the person all the same.
 */
export function usePlaying(
    recording: Recording,
    index: number,
    onMove: (index: number) => void,
    isAtOnce = false,
): Playing {
    const [isPlaying, setPlaying] = useState(() => isAtOnce && !wantsLessMotion());
    const [speed, setSpeed] = useState(isAtOnce ? SPEED_AT_ONCE : 1);
    const latest = useRef({ index, onMove });
    latest.current = { index, onMove };

    useEffect(() => {
        if (!isPlaying) return undefined;
        const { clock, last } = recording;
        const moveTo = (next: number): void => {
            if (next !== latest.current.index) latest.current.onMove(next);
            if (next >= last) setPlaying(false);
        };
        if (wantsLessMotion()) {
            const timer = setInterval(
                () => moveTo(jump(recording, latest.current.index, 'next-mark')),
                STEP_MILLIS / speed,
            );
            return () => clearInterval(timer);
        }
        let place = clock.placeOf(latest.current.index);
        let shown = latest.current.index;
        let before = performance.now();
        let frame = requestAnimationFrame(function next(now) {
            // Somebody has moved the cursor in the meantime.
            if (latest.current.index !== shown) place = clock.placeOf(latest.current.index);
            place += (now - before) * speed;
            before = now;
            shown = Math.max(latest.current.index, clock.indexAt(place));
            moveTo(shown);
            frame = requestAnimationFrame(next);
        });
        return () => cancelAnimationFrame(frame);
    }, [isPlaying, speed, recording]);

    const toggle = (): void => {
        // From the end it begins anew.
        if (!isPlaying && latest.current.index >= recording.last) onMove(recording.first);
        setPlaying(!isPlaying);
    };
    return { isPlaying, speed, setSpeed, toggle };
}

function wantsLessMotion(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
