import type { RunRecord } from './runs.js';
import { STORAGE_KINDS } from './storage-kinds.js';

/** The storages of a run by kind and alias, in the API's shape; its own are called `default`. */
export function storagesOf(run: RunRecord): Record<string, Record<string, string>> {
    return Object.fromEntries(
        Object.values(STORAGE_KINDS).map(({ kind, inLists, idOfRun }) => [
            inLists,
            { default: run[idOfRun], ...run.aliases?.[kind] },
        ]),
    );
}
