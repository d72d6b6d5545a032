import type { Drawing } from './draw.js';
import type { PictureSign } from './signs.js';

/** In CSS pixels. */
export const SIGN_SIZE = 11;

/** Draws a sign about a place, set off against what lies below it. */
export function drawSign(
    { context, pathOf, theme }: Pick<Drawing, 'context' | 'pathOf' | 'theme'>,
    sign: PictureSign,
    x: number,
    y: number,
): void {
    const path = pathOf(sign.path);
    context.save();
    context.translate(x - SIGN_SIZE / 2, y - SIGN_SIZE / 2);
    context.scale(SIGN_SIZE / 10, SIGN_SIZE / 10);
    context.lineWidth = 3;
    context.strokeStyle = theme.ground;
    context.stroke(path);
    context.lineWidth = 1.8;
    context.strokeStyle = theme[sign.colour];
    context.fillStyle = theme[sign.colour];
    if (sign.isOutline) context.stroke(path);
    else context.fill(path);
    context.restore();
}
