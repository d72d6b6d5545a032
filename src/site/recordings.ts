import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { projectRoot } from '../base/paths.js';
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
