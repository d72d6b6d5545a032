/** Something that changes at some entries and holds from each to the next. */
export interface ChangePoint<Value> {
    index: number;
    value: Value;
}

/** What holds at an index; undefined before the first change. */
export function holdsAt<Value>(steps: readonly ChangePoint<Value>[], index: number): ChangePoint<Value> | undefined {
    return steps[placeAt(steps, index)];
}

/** Place of the last step at an index or before it; -1 when there is none. */
export function placeAt(steps: readonly { index: number }[], index: number): number {
    let [low, high] = [-1, steps.length - 1];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (steps[middle]!.index <= index) low = middle;
        else high = middle - 1;
    }
    return low;
}
