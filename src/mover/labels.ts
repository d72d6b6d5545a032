/** What a run's own dataset, key-value store and request queue are called here: no storage can have this name. */
export const OWN = '(default)';

/**
 * What a storage without a name is called that a run has made besides its own.
 *
 * @param n Its place among those of its kind that the run has made, from 1.
 */
export function unnamedLabel(n: number): string {
    return `(unnamed ${n})`;
}

/** What a storage of a run is called that its Actor has a name for. */
export function aliasLabel(alias: string): string {
    return `(alias ${alias})`;
}

/** What a record is called: by its key in the run's own key-value store, else as `store/KEY`. */
export function recordLabel(store: string, key: string): string {
    return store === OWN ? key : `${store}/${key}`;
}
