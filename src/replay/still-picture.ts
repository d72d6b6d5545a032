import { pictureLayout } from './model/layout.js';
import type { Recording } from './model/recording.js';
import { draw } from './picture/draw.js';
import { Scale } from './picture/scale.js';
import { StillPen } from './picture/still-pen.js';
import { type Theme, THEME_NAMES } from './picture/theme.js';

/** In CSS pixels. A narrower page scrolls it. */
const WIDTH = 1_200;

/** The page's own colours, whatever they are. The size of its letters is known where it is drawn. */
const PAGE_THEME: Theme = {
    ...(Object.fromEntries(THEME_NAMES.map((name) => [name, `var(--${name})`])) as Theme),
    font: '11px',
};

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
