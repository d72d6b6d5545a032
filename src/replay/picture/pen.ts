/** The path of a sign, as its pen reads it. */
export type PenPath = object;

/**
 * What the picture is drawn with: what a canvas and the pen of a still picture have in common.
 *
 * Source: https://html.spec.whatwg.org/multipage/canvas.html#canvasrenderingcontext2d
 */
export interface Pen {
    font: string;
    textAlign: 'left' | 'right' | 'center' | 'start' | 'end';
    textBaseline: string;
    fillStyle: unknown;
    strokeStyle: unknown;
    lineWidth: number;
    globalAlpha: number;
    save(): void;
    restore(): void;
    translate(x: number, y: number): void;
    rotate(radians: number): void;
    scale(x: number, y: number): void;
    clearRect(x: number, y: number, width: number, height: number): void;
    fillRect(x: number, y: number, width: number, height: number): void;
    strokeRect(x: number, y: number, width: number, height: number): void;
    beginPath(): void;
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
    fill(path?: PenPath): void;
    stroke(path?: PenPath): void;
    fillText(text: string, x: number, y: number): void;
    strokeText(text: string, x: number, y: number): void;
    measureText(text: string): { width: number };
}
