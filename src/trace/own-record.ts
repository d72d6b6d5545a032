/**
 * Whether a record of a run's default key-value store is one of the Actor's own: not its input, and not what Crawlee
 * keeps of its session pool and statistics.
 */
export function isOwnRecord(key: string): boolean {
    return key !== 'INPUT' && !key.startsWith('SDK_');
}
