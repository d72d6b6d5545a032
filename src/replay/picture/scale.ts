import type { Clock } from '../model/clock.js';

/** The part of a run that is shown, as places on its clock. */
export interface View {
    from: number;
    to: number;
}

/** Room at both sides of the picture, in CSS pixels, so that signs at its ends are whole. */
export const MARGIN = 10;

/** Turns indexes into CSS pixels from the left, and back. */
export class Scale {
    readonly #perPixel: number;

    constructor(
        private readonly clock: Clock,
        readonly view: View,
        readonly width: number,
    ) {
        this.#perPixel = (view.to - view.from) / Math.max(1, width - 2 * MARGIN);
    }

    x(index: number): number {
        return this.xOfPlace(this.clock.placeOf(index));
    }

    xOfPlace(place: number): number {
        return MARGIN + (place - this.view.from) / this.#perPixel;
    }

    indexAt(x: number): number {
        return this.clock.indexAt(this.placeAt(x));
    }

    placeAt(x: number): number {
        return this.view.from + (x - MARGIN) * this.#perPixel;
    }

    /** Milliseconds of a pixel. */
    get millisPerPixel(): number {
        return this.#perPixel;
    }
}
