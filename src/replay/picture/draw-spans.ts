import type { RequestSpan } from '../../trace/request-spans.js';
import type { LaneLayout } from '../model/layout.js';
import type { Lane, Recording } from '../model/recording.js';
import type { Drawing } from './draw.js';
import type { Scale } from './scale.js';

type Ink = Pick<Drawing, 'context' | 'theme'>;

/** What requests are drawn with, and where. */
interface SpansDrawing extends Ink {
    recording: Pick<Recording, 'neverSaved'>;
    scale: Pick<Scale, 'x' | 'width'>;
}

type Tracks = Pick<LaneLayout, 'tracksTop' | 'trackHeight'> & { lane: Pick<Lane, 'spans' | 'to'> };

/** A lower bar can't be hollow: it is pale. */
const HOLLOW_HEIGHT = 4;

/**
 * Requests of a process: hollow while they are only locked, solid from the moment that they are in flight, cut off by
 * its end. What falls on the same pixels of a track is drawn once.
 */
export function drawSpans(drawing: SpansDrawing, { lane, tracksTop, trackHeight }: Tracks): void {
    const { context, scale, theme } = drawing;
    const { width } = scale;
    context.font = theme.font.replace('11px', '10px');
    const height = Math.max(1, trackHeight - (trackHeight > 4 ? 3 : trackHeight > 2 ? 1 : 0.5));
    const drawnTo: number[] = [];
    for (const { span, track } of lane.spans) {
        const end = span.to ?? lane.to;
        const [from, to] = [scale.x(span.from), scale.x(end)];
        if (to < 0 || from > width || to < (drawnTo[track] ?? -1)) continue;
        drawnTo[track] = Math.floor(to) + 1;
        const y = tracksTop + track * trackHeight + 1;
        const solidFrom = span.flightFrom === undefined ? to : scale.x(span.flightFrom);
        context.strokeStyle = theme.lock;
        context.lineWidth = 1;
        if (height < HOLLOW_HEIGHT) {
            context.fillStyle = theme.lock;
            context.globalAlpha = 0.3;
            context.fillRect(from, y, solidFrom - from, height);
            context.globalAlpha = 1;
        } else if (solidFrom - from >= 3) {
            context.strokeRect(from + 0.5, y + 0.5, solidFrom - from - 1, height - 1);
        }
        if (span.flightFrom === undefined) continue;
        const isLost = span.end === 'handled' && isNeverSaved(drawing, span);
        context.fillStyle = isLost ? theme.owed : span.isAgain ? theme.again : theme.flight;
        const solid = Math.max(1, to - solidFrom - (span.end === 'handled' ? 1 : 0));
        context.fillRect(solidFrom, y, solid, height);
        if (isLost && height > 4) notch(drawing, solidFrom, y, solid, height);
        else if (span.isAgain && solid > 6 && height > 4) hatch(drawing, solidFrom, y, solid, height);
        if (span.end === 'cut' && height > 4) cut(drawing, to, y, height);
        if (height >= 9) name(drawing, span, Math.max(solidFrom, 0), to, y + height / 2);
    }
}

/** An offers page whose offers nobody has saved when all is over. */
function isNeverSaved({ recording: { neverSaved } }: SpansDrawing, { asin, page }: RequestSpan): boolean {
    return asin !== undefined && page?.startsWith('offers') === true && neverSaved.has(asin);
}

/** The page's kind and ASIN, as far as there is room. */
function name(
    { context, theme }: Ink,
    { asin, page, isAgain }: RequestSpan,
    from: number,
    to: number,
    y: number,
): void {
    const kind = page?.slice(0, page.indexOf('@'));
    const text = [asin && `${kind} ${asin}`, asin, kind].find(
        (one) => one && context.measureText(one).width < to - from - 8,
    );
    if (kind === undefined || !text) return;
    if (isAgain) {
        // The stripes would be in the way of the letters.
        context.fillStyle = theme.again;
        context.fillRect(from + 1, y - 5, context.measureText(text).width + 6, 10);
    }
    context.fillStyle = theme.ground;
    context.fillText(text, from + 4, y + 0.5);
}

/** Stripes, so that what is fetched again is told from the rest without colour. */
function hatch({ context, theme }: Ink, x: number, y: number, width: number, height: number): void {
    context.save();
    context.strokeStyle = theme.ground;
    context.globalAlpha = 0.55;
    context.lineWidth = 1.5;
    context.beginPath();
    for (let left = x - height; left < x + width; left += 6) {
        const [from, to] = [Math.max(left, x), Math.min(left + height, x + width)];
        context.moveTo(from, y + height - (from - left));
        context.lineTo(to, y + height - (to - left));
    }
    context.stroke();
    context.restore();
}

/** Notches below, so that what nobody saves is told from the rest without colour. */
function notch({ context, theme }: Ink, x: number, y: number, width: number, height: number): void {
    context.fillStyle = theme.ground;
    for (let left = x + 2; left < x + width - 1; left += 5) context.fillRect(left, y + height - 3, 2, 3);
}

/** A torn edge: the request was in flight when its process ended. */
function cut({ context, theme }: Ink, x: number, y: number, height: number): void {
    context.fillStyle = theme.strike;
    context.strokeStyle = theme.ground;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x + 1, y);
    context.lineTo(x - 4, y + height / 2);
    context.lineTo(x + 1, y + height);
    context.stroke();
    context.fill();
}
