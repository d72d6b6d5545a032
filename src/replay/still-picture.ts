import { pictureLayout } from './model/layout.js';
import type { Recording } from './model/recording.js';
import { draw } from './picture/draw.js';
import { Scale } from './picture/scale.js';
import { StillPen } from './picture/still-pen.js';
import { PAGE_THEME } from './picture/theme.js';

/** In CSS pixels. A narrower page scrolls it. */
const WIDTH = 1_200;

/** The whole picture of a run as markup (SVG), for those who see it without scripts, or before they have run. */
export function stillPicture(recording: Recording): string {
    const layout = pictureLayout(recording);
    const pen = new StillPen();
    draw({
        context: pen,
        pathOf: (svg) => ({ svg }),
        recording,
        layout,
        scale: new Scale(recording.clock, { from: 0, to: recording.clock.length }, WIDTH),
        theme: PAGE_THEME,
    });
    const box = `viewBox="0 0 ${WIDTH} ${layout.height}" width="${WIDTH}" height="${layout.height}"`;
    return `<svg ${box} aria-hidden="true" focusable="false">${pen.markup}</svg>`;
}
