import type { Point } from '../faults/points.js';

export interface StrikeAllOptions<Trial> {
    points: readonly Point[];
    /** Trials at the same time. */
    jobs: number;
    signal?: AbortSignal;
    /** Whether this trial is the last: no further one is begun. */
    isEnough?: ((trial: Trial) => boolean) | undefined;
    /** Strikes one point; undefined when the trial was stopped, which ends it all. */
    strike: (point: Point) => Promise<Trial | 'impossible' | undefined>;
    onTrial?: ((trial: Trial) => void) | undefined;
}

/** Strikes points, several at a time, and returns the trials in the order of their points. */
export async function strikeAll<Trial extends { point: Point }>(options: StrikeAllOptions<Trial>): Promise<Trial[]> {
    const { points, jobs, signal, isEnough, strike, onTrial } = options;
    const trials: Trial[] = [];
    const queue = points.values();
    const work = async (): Promise<void> => {
        for (const point of queue) {
            if (signal?.aborted || (isEnough && trials.some(isEnough))) return;
            const trial = await strike(point);
            if (!trial) return;
            if (trial === 'impossible') continue;
            trials.push(trial);
            onTrial?.(trial);
        }
    };
    await Promise.all(Array.from({ length: jobs }, work));
    return trials.sort((a, b) => a.point.index - b.point.index);
}
