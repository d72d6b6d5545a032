/**
 * What Apify's public description leaves open, or what a trial wants shorter than the real platform.
 * Every row is explained in DIFFERENCES.md.
 */
export interface PlatformSettings {
    /**
     * Milliseconds between `migrating` and the SIGKILL, unless the Actor asks for its reboot earlier. The documentation
     * speaks of seconds and of one minute; Apify's own emulation waits for 5 s.
     */
    migrationGraceMillis: number;
    /** Milliseconds between `aborting` and the SIGKILL. The API documents 30 s. */
    abortGraceMillis: number;
    /** What releases the queue locks that a dead process still holds. The API states it for migrations only. */
    releaseLocksOn: Record<'migration' | 'reboot' | 'crash' | 'restart' | 'resurrect', boolean>;
    /** When false, the platform answers `POST …/reboot` during a migration and leaves the process running. */
    rebootEndsMigration: boolean;
    /**
     * Which counters a reboot call raises when it answers a `migrating` event. Default: as in Apify's own emulation of
     * the platform, https://github.com/apify/actor-runtime
     */
    rebootDuringMigrationCountsAs: 'migration' | 'reboot' | 'both';
    /** Status of a call that needs a lock which somebody else holds. */
    lostLockStatus: number;
    /** Largest request body in bytes, before and after decompression. */
    maxBodyBytes: number;
    /** The same for a record of a key-value store. */
    maxRecordBytes: number;
    /** Whether reading a storage by its id needs a token. It needs none where an account does not say otherwise. */
    restrictedStorages: boolean;
    /** Milliseconds between two `systemInfo` events; 0 sends none. */
    systemInfoIntervalMillis: number;
    /** A failing run is restarted while fewer than this many restarts lie in the window. */
    restartLimit: number;
    /** The window of `restartLimit`, in milliseconds. */
    restartWindowMillis: number;
    /** Seconds that `waitForFinish` may ask for at most. */
    maxWaitForFinishSecs: number;
    /** Milliseconds after its push in which no read of a dataset shows a row, nor counts it. */
    datasetReadLagMillis: number;
    /** Milliseconds that a call of a run is on its way: half of them before it is applied, half before it is answered. */
    apiLatencyMillis: number;
}

/** Restart limits: `@apify/consts`, `ACTOR_RESTART_ON_ERROR`; body limit: the API description's 413 example. */
export const DEFAULT_SETTINGS: PlatformSettings = {
    migrationGraceMillis: 10_000,
    abortGraceMillis: 30_000,
    releaseLocksOn: { migration: true, reboot: true, crash: true, restart: true, resurrect: true },
    rebootEndsMigration: true,
    rebootDuringMigrationCountsAs: 'reboot',
    lostLockStatus: 403,
    maxBodyBytes: 9_437_184,
    maxRecordBytes: Infinity,
    restrictedStorages: false,
    systemInfoIntervalMillis: 1_000,
    restartLimit: 3,
    restartWindowMillis: 60_000,
    maxWaitForFinishSecs: 60,
    datasetReadLagMillis: 0,
    apiLatencyMillis: 0,
};
