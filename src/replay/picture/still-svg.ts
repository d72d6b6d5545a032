import type { Drawing } from './draw.js';
import { StillPen } from './still-pen.js';
import { PAGE_THEME } from './theme.js';

/** What is needed to draw something in the page's own colours. */
export type Ink = Pick<Drawing, 'context' | 'pathOf' | 'theme'>;

/**
 * A picture that stands still as markup (SVG). It is left out of what is read aloud: words beside it tell the same.
 *
 * @param width In CSS pixels, as `height`.
 */
export function stillSvg(width: number, height: number, draw: (ink: Ink) => void): string {
    const pen = new StillPen();
    draw({ context: pen, pathOf: (svg) => ({ svg }), theme: PAGE_THEME });
    const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
    return `<svg ${box} aria-hidden="true" focusable="false">${pen.markup}</svg>`;
}
