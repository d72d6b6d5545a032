import { type PictureLayout, type LaneLayout, RULER_HEIGHT } from '../model/layout.js';
import type { Recording } from '../model/recording.js';
import { seconds } from '../../trace/words.js';
import { drawStrike, drawTick, drawTwin } from './draw-lines.js';
import { drawOwed } from './draw-owed.js';
import { drawSign, SIGN_SIZE } from './draw-sign.js';
import { drawSpans } from './draw-spans.js';
import type { Pen, PenPath } from './pen.js';
import type { Scale } from './scale.js';
import { type PictureSign, SIGNS_OF_KINDS } from './signs.js';
import type { Theme } from './theme.js';

/** All that a drawing needs. Lengths are CSS pixels. */
export interface Drawing {
    context: Pen;
    /** Reads a path (SVG) for that pen. */
    pathOf: (path: string) => PenPath;
    recording: Recording;
    layout: PictureLayout;
    scale: Scale;
    theme: Theme;
    /** Index at which another run differs for the first time. */
    divergence?: number;
}

/** Ticks of the ruler are at least so far apart. */
const TICK_PIXELS = 90;

/** Draws the whole picture of a run, but for the cursor. */
export function draw(drawing: Drawing): void {
    const { context, layout, scale, theme } = drawing;
    context.clearRect(0, 0, scale.width, layout.height);
    context.font = theme.font;
    context.textBaseline = 'middle';
    drawFolds(drawing);
    drawRuler(drawing);
    for (const lane of layout.lanes) drawLane(drawing, lane);
    drawStore(drawing);
    drawOwed(drawing);
    drawStrikes(drawing);
    drawFoldNames(drawing);
    if (drawing.divergence !== undefined) drawDivergence(drawing, drawing.divergence);
}

function drawRuler({ context, recording, scale, theme }: Drawing): void {
    const { trace, first, clock } = recording;
    const startedAt = trace.entries[first]!.at;
    context.fillStyle = theme.dim;
    const count = Math.max(1, Math.floor(scale.width / TICK_PIXELS));
    let before = '';
    for (let i = 0; i <= count; i++) {
        const x = (scale.width * i) / count;
        const text = seconds(Math.max(0, clock.timeAt(scale.placeAt(x)) - startedAt));
        context.textAlign = i === 0 ? 'left' : i === count ? 'right' : 'center';
        if (text !== before) context.fillText(text, i === 0 ? 2 : i === count ? scale.width - 2 : x, 8);
        before = text;
        context.fillRect(Math.min(x, scale.width - 1), RULER_HEIGHT - 6, 1, 4);
    }
    context.textAlign = 'left';
}

function drawFolds({ context, recording, layout, scale, theme }: Drawing): void {
    for (const { index } of recording.clock.folds) {
        const [from, to] = [scale.x(index - 1), scale.x(index)];
        if (to < 0 || from > scale.width) continue;
        context.fillStyle = theme.panel;
        context.fillRect(from, RULER_HEIGHT, to - from, layout.height - RULER_HEIGHT);
    }
}

function drawFoldNames({ context, recording, layout, scale, theme }: Drawing): void {
    for (const { index, millis } of recording.clock.folds) {
        const [from, to] = [scale.x(index - 1), scale.x(index)];
        if (to < 0 || from > scale.width || to - from < 14) continue;
        const text = `${seconds(millis)} idle`;
        context.save();
        context.translate((from + to) / 2, (RULER_HEIGHT + layout.storeTop) / 2);
        context.rotate(-Math.PI / 2);
        context.textAlign = 'center';
        context.lineWidth = 4;
        context.strokeStyle = theme.panel;
        context.strokeText(text, 0, 0);
        context.fillStyle = theme.dim;
        context.fillText(text, 0, 0);
        context.restore();
    }
}

function drawLane(drawing: Drawing, place: LaneLayout): void {
    const { context, recording, scale, theme } = drawing;
    const { lane, top, tracksTop, ticksTop, bottom } = place;
    const [from, to] = [scale.x(lane.from), scale.x(lane.to)];
    context.fillStyle = theme.line;
    context.globalAlpha = 0.35;
    context.fillRect(from, tracksTop - 1, Math.max(1, to - from), bottom - tracksTop + 1);
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    const labelX = Math.min(Math.max(2, from), scale.width - context.measureText(lane.label).width - 2);
    context.fillText(lane.label, labelX, top + 9);
    context.save();
    drawSpans(drawing, place);
    context.restore();
    drawTicks(drawing, place);
    const signs: [index: number, sign: PictureSign][] = [];
    for (let i = lane.from; i <= Math.min(lane.to + 1, recording.last); i++) {
        const told = recording.told[i - recording.first]!;
        const sign = SIGNS_OF_KINDS[told.kind];
        // Behind a process's end its run may have a word.
        if (i > lane.to && told.kind !== 'status') continue;
        if (sign && told.kind !== 'push' && told.kind !== 'save' && told.of === undefined) signs.push([i, sign]);
    }
    drawSigns(drawing, signs, top + 27);
    if (lane.hasEnded) {
        context.fillStyle = lane.isKilled ? theme.strike : theme.dim;
        context.fillRect(to - 1, tracksTop - 2, lane.isKilled ? 3 : 1.5, ticksTop - tracksTop + 14);
    }
}

/** Signs that would cover one another are left out, but for what matters most. */
function drawSigns(drawing: Drawing, signs: readonly [number, PictureSign][], y: number): void {
    const { scale, recording } = drawing;
    const taken = new Map<number, { sign: PictureSign; x: number }>();
    const heavy = signs.toSorted(
        ([a], [b]) => recording.told[b - recording.first]!.weight - recording.told[a - recording.first]!.weight,
    );
    for (const [index, sign] of heavy) {
        const x = scale.x(index);
        const bucket = Math.round(x / 7);
        if (x < -SIGN_SIZE || x > scale.width + SIGN_SIZE || taken.has(bucket)) continue;
        taken.set(bucket, { sign, x });
    }
    // What matters most is on top.
    for (const { sign, x } of [...taken.values()].reverse()) drawSign(drawing, sign, x, y);
}

function drawTicks(drawing: Drawing, { lane, ticksTop }: LaneLayout): void {
    const { recording, scale } = drawing;
    const counts = new Map<number, number>();
    for (let i = lane.from; i <= lane.to; i++) {
        if (recording.told[i - recording.first]!.kind !== 'call') continue;
        const x = Math.floor(scale.x(i));
        if (x >= 0 && x <= scale.width) counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    for (const [x, count] of counts) drawTick(drawing, x, ticksTop + 11, count);
}

/** Saves above, pushes below, and a line from each repeated row to its twin. */
function drawStore(drawing: Drawing): void {
    const { context, recording, layout, scale, theme } = drawing;
    const { storeTop } = layout;
    const [saveY, pushY] = [storeTop + 20, storeTop + 40];
    context.fillStyle = theme.line;
    context.fillRect(0, saveY, scale.width, 1);
    context.fillRect(0, pushY, scale.width, 1);
    const kinds = { save: [] as [number, PictureSign][], push: [] as [number, PictureSign][] };
    for (const [i, { kind, of }] of recording.told.entries()) {
        if ((kind === 'save' || kind === 'push') && of === undefined) {
            kinds[kind].push([recording.first + i, SIGNS_OF_KINDS[kind]!]);
        }
    }
    drawTwins(drawing, pushY);
    drawSigns(drawing, kinds.save, saveY);
    drawSigns(drawing, kinds.push, pushY);
    context.fillStyle = theme.text;
    context.fillText('saved', 2, saveY - 11);
    context.fillText('dataset', 2, pushY - 9);
}

function drawTwins(drawing: Drawing, y: number): void {
    const { recording, scale } = drawing;
    const drawn = new Set<string>();
    for (const { index, firstIndex } of recording.twins) {
        const [from, to] = [Math.round(scale.x(firstIndex)), Math.round(scale.x(index))];
        const key = `${from} ${to}`;
        if (drawn.has(key) || to < 0 || from > scale.width) continue;
        drawn.add(key);
        drawTwin(drawing, from, to, y + 5);
    }
}

function drawStrikes(drawing: Drawing): void {
    const { recording, layout, scale } = drawing;
    for (const { index } of recording.marks) {
        const { kind, weight } = recording.told[index - recording.first]!;
        if (kind !== 'strike' || weight < 5) continue;
        drawStrike(drawing, scale.x(index), RULER_HEIGHT, layout.height);
    }
}

function drawDivergence({ context, layout, scale, theme }: Drawing, index: number): void {
    const x = scale.x(index);
    context.fillStyle = theme.owed;
    context.fillRect(x - 1, RULER_HEIGHT - 6, 2, layout.height);
    const text = 'first difference';
    const { width } = context.measureText(text);
    const left = Math.min(Math.max(0, x + 5), scale.width - width - 2);
    context.fillStyle = theme.ground;
    context.fillRect(left - 2, RULER_HEIGHT, width + 4, 14);
    context.fillStyle = theme.owed;
    context.fillText(text, left, RULER_HEIGHT + 8);
}
