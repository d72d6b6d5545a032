/** One thing that was measured. */
export interface MeasuredFigure {
    /** Rows and keys, or products, that there are. */
    size: number;
    /** Another one for each figure of a size. */
    name: string;
    value: number;
    /** `×`: one figure as a multiple of another. */
    unit: 'ms' | 's' | 'MB' | '×';
}

/** Takes a figure of one size. */
export type AddFigure = (name: string, value: number, unit: MeasuredFigure['unit']) => void;

/** Gathers figures, and tells of each as it comes. */
export class MeasuredFigures {
    readonly all: MeasuredFigure[] = [];

    constructor(private readonly onFigure: (figure: MeasuredFigure) => void) {}

    of(size: number): AddFigure {
        return (name, value, unit) => {
            const figure = { size, name, value, unit };
            this.all.push(figure);
            this.onFigure(figure);
        };
    }
}

/** The one in the middle, or the upper one of two. */
export function median(values: readonly number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
