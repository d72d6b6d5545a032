import type { ToldKind } from '../../trace/story.js';
import type { Theme } from './theme.js';

/** A sign of the picture: a shape and a colour, so that nobody needs to see the colour. */
export interface PictureSign {
    /** Path within a square of 10 by 10 (SVG). */
    path: string;
    colour: keyof Theme;
    isOutline?: true;
    /** What it means. */
    meaning: string;
}

/** Signs of what matters; other kinds of entries have none. */
export const SIGNS_OF_KINDS: Partial<Record<ToldKind, PictureSign>> = {
    boot: { path: 'M2 0.5 L9 5 L2 9.5 Z', colour: 'save', meaning: 'a process boots' },
    exit: { path: 'M1 1 H9 V9 H1 Z', colour: 'text', isOutline: true, meaning: 'a process ends by itself' },
    kill: { path: 'M1 1 H9 V9 H1 Z', colour: 'strike', meaning: 'a process is killed, or fails' },
    strike: { path: 'M6 0 L1.5 6 H4.5 L3.5 10 L8.5 4 H5.5 Z', colour: 'strike', meaning: 'a strike' },
    fault: { path: 'M1 1 L9 9 M9 1 L1 9', colour: 'strike', isOutline: true, meaning: 'an API call goes wrong' },
    event: { path: 'M5 0.5 L9.5 9 H0.5 Z', colour: 'event', meaning: 'an event for the Actor' },
    status: { path: 'M2 0 V10 M2 0.5 H9 L7 3 L9 5.5 H2', colour: 'text', isOutline: true, meaning: "the run's status" },
    save: {
        path: 'M5 0.5 A4.5 4.5 0 1 0 5 9.5 A4.5 4.5 0 1 0 5 0.5 Z',
        colour: 'save',
        meaning: 'the Actor saves a record',
    },
    push: { path: 'M5 0 L10 5 L5 10 L0 5 Z', colour: 'push', meaning: 'rows are pushed' },
    object: {
        path: 'M5 0.8 A4.2 4.2 0 1 0 5 9.2 A4.2 4.2 0 1 0 5 0.8 Z',
        colour: 'object',
        isOutline: true,
        meaning: 'the object is logged',
    },
};
