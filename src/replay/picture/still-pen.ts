import { escapeMarkup } from '../../base/markup.js';
import { plainText } from '../../base/plain-text.js';
import type { Pen } from './pen.js';

/** So wide is a letter, as a share of the font's size: only what has to be told without a browser rests on it. */
const LETTER_WIDTH = 0.55;

/** What `save` keeps. */
type Settings = Pick<
    Pen,
    'font' | 'textAlign' | 'textBaseline' | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha'
>;

/**
 * Draws into markup (SVG) what would be drawn on a canvas. Colours may be CSS variables, so that the page's own hold.
 *
 * What looks the same is one element, up to the next text, transformation or `restore`: within these bounds, what is
 * drawn later in a look that was there before must not have to lie on top.
 */
export class StillPen implements Pen {
    font = '10px sans-serif';
    textAlign: Pen['textAlign'] = 'start';
    textBaseline = 'alphabetic';
    fillStyle = '#000';
    strokeStyle = '#000';
    lineWidth = 1;
    globalAlpha = 1;
    readonly #parts: string[] = [];
    readonly #saved: { settings: Settings; open: number }[] = [];
    /** Elements that are open, and end when the settings are given back. */
    #open = 0;
    #path = '';
    /** What is being gathered: by how it is drawn, its path. */
    readonly #gathered = new Map<string, string>();

    /** All that was drawn. */
    get markup(): string {
        this.#flush();
        return this.#parts.join('');
    }

    save(): void {
        const { font, textAlign, textBaseline, fillStyle, strokeStyle, lineWidth, globalAlpha } = this;
        const settings = { font, textAlign, textBaseline, fillStyle, strokeStyle, lineWidth, globalAlpha };
        this.#saved.push({ settings, open: this.#open });
        this.#open = 0;
    }

    restore(): void {
        this.#flush();
        this.#parts.push('</g>'.repeat(this.#open));
        const { settings, open } = this.#saved.pop()!;
        Object.assign(this, settings);
        this.#open = open;
    }

    translate(x: number, y: number): void {
        this.#group(`transform="translate(${short(x)} ${short(y)})"`);
    }

    rotate(radians: number): void {
        this.#group(`transform="rotate(${short((radians * 180) / Math.PI)})"`);
    }

    scale(x: number, y: number): void {
        this.#group(`transform="scale(${short(x)} ${short(y)})"`);
    }

    /** Nothing was drawn before. */
    clearRect(): void {}

    fillRect(x: number, y: number, width: number, height: number): void {
        this.#add(this.#fill(), box(x, y, width, height));
    }

    strokeRect(x: number, y: number, width: number, height: number): void {
        this.#add(this.#stroke(), box(x, y, width, height));
    }

    beginPath(): void {
        this.#path = '';
    }

    moveTo(x: number, y: number): void {
        this.#path += `M${short(x)} ${short(y)}`;
    }

    lineTo(x: number, y: number): void {
        this.#path += `L${short(x)} ${short(y)}`;
    }

    bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
        this.#path += `C${[x1, y1, x2, y2, x, y].map(short).join(' ')}`;
    }

    fill(path?: { svg: string }): void {
        this.#add(this.#fill(), path?.svg ?? this.#path);
    }

    stroke(path?: { svg: string }): void {
        this.#add(this.#stroke(), path?.svg ?? this.#path);
    }

    fillText(text: string, x: number, y: number): void {
        this.#text(text, x, y, this.#fill());
    }

    strokeText(text: string, x: number, y: number): void {
        this.#text(text, x, y, this.#stroke());
    }

    measureText(text: string): { width: number } {
        return { width: text.length * this.#fontSize() * LETTER_WIDTH };
    }

    #fontSize(): number {
        return Number(/(\d+)px/.exec(this.font)?.[1] ?? 11);
    }

    #fill(): string {
        const { fillStyle, globalAlpha } = this;
        return `fill="${fillStyle}"${globalAlpha === 1 ? '' : ` opacity="${globalAlpha}"`}`;
    }

    #stroke(): string {
        const { strokeStyle, lineWidth, globalAlpha } = this;
        const width = lineWidth === 1 ? '' : ` stroke-width="${lineWidth}"`;
        return `fill="none" stroke="${strokeStyle}"${width}${globalAlpha === 1 ? '' : ` opacity="${globalAlpha}"`}`;
    }

    #text(text: string, x: number, y: number, how: string): void {
        this.#flush();
        const { textAlign, textBaseline } = this;
        const anchor = { left: '', start: '', center: ' text-anchor="middle"', right: ' text-anchor="end"', end: '' };
        const baseline = textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
        const place = `x="${short(x)}" y="${short(y)}" font-size="${this.#fontSize()}"${anchor[textAlign]}${baseline}`;
        this.#parts.push(`<text ${place} ${how}>${escapeMarkup(plainText(text))}</text>`);
    }

    #add(how: string, path: string): void {
        this.#gathered.set(how, (this.#gathered.get(how) ?? '') + path);
    }

    #group(attribute: string): void {
        this.#flush();
        this.#parts.push(`<g ${attribute}>`);
        this.#open++;
    }

    #flush(): void {
        for (const [how, path] of this.#gathered) this.#parts.push(`<path ${how} d="${path}"/>`);
        this.#gathered.clear();
    }
}

function box(x: number, y: number, width: number, height: number): string {
    return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
}

/** A tenth of a pixel is not seen. */
function short(value: number): string {
    return String(Math.round(value * 10) / 10);
}
