import type { EventsSocket } from '../events-socket.js';
import type { PlatformSettings } from '../settings.js';
import type { Store } from '../store.js';
import type { RunLog } from './run-log.js';
import type { Watchdog } from './watchdog.js';

/** What a run and its processes work with. */
export interface RunContext {
    store: Store;
    settings: PlatformSettings;
    events: EventsSocket;
    watchdog: Watchdog;
    log: RunLog;
    baseUrl: string;
    proxyPassword: string;
    token: string;
    webServerPort: number;
    machine: NodeJS.ProcessEnv;
    onLine: (line: LogLine) => void;
    /** Throws ApiError 503 when no process may be started any more. */
    assertOpen: () => void;
}

/** One line that an Actor's process printed. */
export interface LogLine {
    runId: string;
    incarnation: number;
    /** Milliseconds since the epoch. */
    at: number;
    text: string;
}
