import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { exportTrace, type ExportOptions } from '../trace/export-trace.js';
import type { Trace } from '../trace/trace.js';

/** A trace as pages read it: reduced as whatever leaves the machine is, lines of JSON, gzip. */
export function packTrace(trace: Trace, options: Omit<ExportOptions, 'hash'> = {}): Buffer {
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    return gzipSync(exportTrace(trace, { ...options, hash }), { level: 9 });
}
