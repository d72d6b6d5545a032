import { pictureLayout } from './model/layout.js';
import type { Recording } from './model/recording.js';
import { draw } from './picture/draw.js';
import { Scale } from './picture/scale.js';
import { stillSvg } from './picture/still-svg.js';

/** In CSS pixels. A narrower page scrolls it. */
const WIDTH = 1_200;

/** The whole picture of a run as markup (SVG), for those who see it without scripts, or before they have run. */
export function stillPicture(recording: Recording): string {
    const layout = pictureLayout(recording);
    const scale = new Scale(recording.clock, { from: 0, to: recording.clock.length }, WIDTH);
    return stillSvg(WIDTH, layout.height, (ink) => draw({ ...ink, recording, layout, scale }));
}
