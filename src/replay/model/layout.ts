import type { Lane, Recording } from './recording.js';

/** A line of the picture and where it lies, in CSS pixels from the top. */
export interface LaneLayout {
    lane: Lane;
    top: number;
    /** Where the first track begins, and how high each is. */
    tracksTop: number;
    trackHeight: number;
    ticksTop: number;
    bottom: number;
}

export interface PictureLayout {
    lanes: readonly LaneLayout[];
    /** What is stored: saves and pushes. */
    storeTop: number;
    /** The curve of what is owed. */
    owedTop: number;
    owedHeight: number;
    height: number;
}

export const RULER_HEIGHT = 22;
/** A line's name, and its marks. */
const HEAD_HEIGHT = 38;
const TICKS_HEIGHT = 12;
const GAP = 10;
const STORE_HEIGHT = 58;
const OWED_HEIGHT = 54;
/** Tracks get lower where there are many of them. */
const MAX_TRACKS_HEIGHT = 196;
const TRACK_HEIGHTS = { most: 15, least: 2 };
/** Processes beyond these have no tracks of their own any more, so that a hundred of them fit on a page. */
const MAX_TALL_LANES = 8;

/** Where the parts of the picture lie. */
export function pictureLayout({ lanes }: Pick<Recording, 'lanes'>): PictureLayout {
    let top = RULER_HEIGHT;
    const most = MAX_TRACKS_HEIGHT / Math.max(1, Math.ceil(lanes.length / MAX_TALL_LANES));
    const placed = lanes.map((lane): LaneLayout => {
        const fitting = most / Math.max(1, lane.tracks);
        const trackHeight = Math.max(TRACK_HEIGHTS.least, Math.min(TRACK_HEIGHTS.most, fitting));
        const tracksTop = top + HEAD_HEIGHT;
        const ticksTop = tracksTop + lane.tracks * trackHeight + 2;
        const bottom = ticksTop + TICKS_HEIGHT;
        const layout = { lane, top, tracksTop, trackHeight, ticksTop, bottom };
        top = bottom + GAP;
        return layout;
    });
    const owedTop = top + STORE_HEIGHT + GAP;
    return { lanes: placed, storeTop: top, owedTop, owedHeight: OWED_HEIGHT, height: owedTop + OWED_HEIGHT + 4 };
}
