import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { exportTrace, type ExportOptions } from '../trace/export-trace.js';
import { BETWEEN_TRACES } from '../trace/import-trace.js';
import type { Trace } from '../trace/trace.js';

/** A trace as pages read it: reduced as whatever leaves the machine is, lines of JSON, gzip. */
export function packTrace(trace: Trace, options: Omit<ExportOptions, 'hash'> = {}): Buffer {
    return packTraces([trace], options);
}

/** Several traces in one file, with an empty line between them. */
export function packTraces(traces: readonly Trace[], options: Omit<ExportOptions, 'hash'> = {}): Buffer {
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const texts = traces.map((trace) => exportTrace(trace, { ...options, hash }));
    return gzipSync(texts.join(BETWEEN_TRACES), { level: 9 });
}
