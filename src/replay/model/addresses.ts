import type { Trace } from '../../trace/trace.js';

/** Addresses that differ from run to run, each with a name that stays. */
export function addressesOf({ head: { platformUrl, subject } }: Trace): Record<string, string> {
    const shop = subject?.shop?.url;
    return { ...(shop && { [shop]: 'shop:' }), ...(platformUrl && { [platformUrl]: 'platform:' }) };
}
