import { numberOption } from '../../base/terminal/command.js';
import type { RunValues } from './run-help.js';

/** Within what limits an Actor is run. */
export interface RunLimits {
    memoryMbytes?: number;
    timeoutSecs?: number;
    restartOnError?: boolean;
    maxItems?: number;
    maxTotalChargeUsd?: number;
    maxRecordBytes?: number;
    restrictedStorages?: boolean;
}

const BYTES_PER_MB = 1_048_576;

/**
 * Reads the options.
 *
 * @throws UsageError that names the range.
 */
export function readLimits(values: RunValues): RunLimits {
    const budget = { min: 0, max: 1_000_000, whole: false };
    const record = { min: 0.001, max: 100_000, whole: false };
    const maxRecord = numberOption('max-record', values['max-record'], record);
    const limits = {
        memoryMbytes: numberOption('memory', values.memory, { min: 128, max: 32_768 }),
        timeoutSecs: numberOption('timeout', values.timeout, { min: 0, max: 31_536_000 }),
        maxItems: numberOption('max-items', values['max-items'], { min: 1, max: 1_000_000_000 }),
        maxTotalChargeUsd: numberOption('max-total-charge-usd', values['max-total-charge-usd'], budget),
        maxRecordBytes: maxRecord === undefined ? undefined : Math.round(maxRecord * BYTES_PER_MB),
        restartOnError: values['restart-on-error'],
        restrictedStorages: values['restricted-storages'],
    };
    return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
