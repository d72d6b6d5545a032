import { numberOption } from '../base/terminal/command.js';

/** What an Actor notices of time between it and the API. */
export interface ApiTiming {
    /** Milliseconds after its push in which no read of a dataset shows a row. Default 0. */
    readLagMillis?: number;
    /** Milliseconds that an API call of the Actor is on its way, there and back. Default 0. */
    apiLatencyMillis?: number;
}

/** Options that set it, for parseArgs. */
export const API_TIMING_OPTIONS = {
    'read-lag': { type: 'string' },
    'api-latency': { type: 'string' },
} as const;

/**
 * Reads the options.
 *
 * @throws UsageError that names the range.
 */
export function readApiTiming(values: Partial<Record<keyof typeof API_TIMING_OPTIONS, string>>): ApiTiming {
    const seconds = numberOption('read-lag', values['read-lag'], { min: 0, max: 600, whole: false });
    const apiLatencyMillis = numberOption('api-latency', values['api-latency'], { min: 0, max: 60_000 });
    return {
        ...(seconds !== undefined && { readLagMillis: seconds * 1_000 }),
        ...(apiLatencyMillis !== undefined && { apiLatencyMillis }),
    };
}

/** The options that give it again. */
export function apiTimingArgs({ readLagMillis, apiLatencyMillis }: ApiTiming): string[] {
    return [
        ...(readLagMillis === undefined ? [] : ['--read-lag', String(readLagMillis / 1_000)]),
        ...(apiLatencyMillis === undefined ? [] : ['--api-latency', String(apiLatencyMillis)]),
    ];
}
