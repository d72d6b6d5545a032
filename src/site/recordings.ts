import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { projectRoot } from '../base/paths.js';
import { exportTrace } from '../trace/export-trace.js';
import { importTrace } from '../trace/import-trace.js';
import type { Trace } from '../trace/trace.js';

/** Where the recordings of the lessons' figures lie: lines of JSON, gzip. */
export const RECORDINGS_DIR = join(projectRoot, 'lessons', 'recordings');

/** The recording of a run that the server has run, below the run's place. */
export const RECORDED = 'trace.jsonl.gz';

export function recordingFile(name: string): string {
    return `${name}.jsonl.gz`;
}

/**
 * Reads a recording of the lessons.
 *
 * @throws Error when there is none of that name.
 */
export function readRecording(name: string): Trace {
    return importTrace(gunzipSync(readFileSync(join(RECORDINGS_DIR, recordingFile(name)))).toString());
}

/** A trace as the pages of the course fetch it: reduced as whatever leaves the machine is, lines of JSON, gzip. */
export function packTrace(trace: Trace): Buffer {
    const text = exportTrace(trace, { hash: (bytes) => createHash('sha256').update(bytes).digest('hex') });
    return gzipSync(text, { level: 9 });
}
