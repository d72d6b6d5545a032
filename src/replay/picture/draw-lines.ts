import type { Drawing } from './draw.js';

type Ink = Pick<Drawing, 'context' | 'theme'>;

/** API calls that fall on one pixel: the more, the taller. */
export function drawTick({ context, theme }: Ink, x: number, bottom: number, count: number): void {
    const height = Math.min(10, 4 + 2 * Math.log2(count));
    context.fillStyle = theme.tick;
    context.fillRect(x, bottom - height, 1, height);
}

/** Joins a repeated row with the first, both at the same height. */
export function drawTwin({ context, theme }: Ink, from: number, to: number, y: number): void {
    context.strokeStyle = theme.owed;
    context.lineWidth = 1.2;
    context.beginPath();
    context.moveTo(from, y);
    context.bezierCurveTo(from, y + 13, to, y + 13, to, y);
    context.stroke();
}

/** A dashed line down through all that the run has. */
export function drawStrike({ context, theme }: Ink, x: number, top: number, bottom: number): void {
    context.fillStyle = theme.strike;
    for (let y = top; y < bottom; y += 6) context.fillRect(x - 0.5, y, 1, 3);
}
