import type { PlatformSettings } from './settings.js';
import type { Runs } from './run/runs.js';
import type { Store } from './store.js';

/** What the API's handlers work on. */
export interface PlatformCore {
    readonly store: Store;
    readonly runs: Runs;
    readonly settings: PlatformSettings;
    /** `http://127.0.0.1:<port>` */
    readonly baseUrl: string;
    /** Password of the proxy that stands in for Apify Proxy. */
    readonly proxyPassword: string;
}
