import { escapeMarkup } from '../../base/markup.js';
import type { RequestSpan } from '../../trace/request-spans.js';
import { drawStrike, drawTick, drawTwin } from './draw-lines.js';
import { drawSign } from './draw-sign.js';
import { drawSpans } from './draw-spans.js';
import { SIGNS_OF_KINDS } from './signs.js';
import { type Ink, stillSvg } from './still-svg.js';

/** Something of the picture: what it means, and how a sample of it is drawn. */
interface LegendLine {
    meaning: string;
    draw: (ink: Ink) => void;
}

/** Of a sample, in CSS pixels. */
const [WIDTH, HEIGHT] = [26, 14];
/** A request's, from the left edge to the right one; its index is its place. */
const [FROM, TO] = [1, WIDTH - 1];
const ASIN = 'B000000001';
const FLIGHT: RequestSpan = {
    requestId: '',
    url: '',
    runId: '',
    incarnation: 1,
    from: FROM,
    flightFrom: FROM,
    isAgain: false,
    to: TO,
};
const { flightFrom: _, ...LOCKED } = FLIGHT;

/** All that the picture is made of, but for what has its name in it. */
const LINES: readonly LegendLine[] = [
    ...Object.values(SIGNS_OF_KINDS).map((sign) => ({
        meaning: sign.meaning,
        draw: (ink: Ink) => drawSign(ink, sign, WIDTH / 2, HEIGHT / 2),
    })),
    requestLine('a request that a process has locked', LOCKED),
    requestLine('a request in flight', FLIGHT),
    requestLine('in flight when its process ends', { ...FLIGHT, end: 'cut' }),
    requestLine('fetched again', { ...FLIGHT, isAgain: true }),
    requestLine('handled, and not in the saved object at the end', {
        ...FLIGHT,
        asin: ASIN,
        page: 'offers@1',
        end: 'handled',
    }),
    {
        meaning: 'API calls: the more at a time, the taller',
        draw: (ink) => [1, 2, 8].forEach((count, i) => drawTick(ink, WIDTH / 2 + 4 * (i - 1), HEIGHT - 1, count)),
    },
    { meaning: 'joins a repeated row with the first', draw: (ink) => drawTwin(ink, FROM, TO, 2) },
    { meaning: 'where a strike falls', draw: (ink) => drawStrike(ink, WIDTH / 2 + 0.5, 0, HEIGHT) },
];

/** The legend of the picture as a list in markup, with samples that are drawn as in the picture. */
export function legendMarkup(): string {
    return `<ul class="signs">${LINES.map(({ meaning, draw }) => `<li>${stillSvg(WIDTH, HEIGHT, draw)} ${escapeMarkup(meaning)}</li>`).join('')}</ul>`;
}

function requestLine(meaning: string, span: RequestSpan): LegendLine {
    const lane = { spans: [{ span, track: 0 }], to: TO };
    const recording = { neverSaved: new Set([ASIN]) };
    const scale = { x: (index: number) => index, width: WIDTH };
    return {
        meaning,
        draw: (ink) => drawSpans({ ...ink, recording, scale }, { lane, tracksTop: 0, trackHeight: HEIGHT }),
    };
}
