import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';

import { decode } from '../../trace/codec.js';
import type { JournalEntry } from '../../trace/entries.js';
import { decodeRecorded, type PlacedEntry } from '../../trace/recorded.js';
import { readTrace, type Trace } from '../../trace/trace.js';
import { Blobs } from './blobs.js';
import { CHUNK_BYTES, JOURNAL } from './journal.js';
import { assertOwnFiles } from './own-files.js';
import { RECORDING } from './recorder.js';
import { wholeLines } from './whole-lines.js';

/**
 * Reads the trace of a data directory, also while a platform writes to it: then up to a moment ago. Nothing is changed.
 *
 * @throws Error when there is no journal, or one of its lines is damaged.
 */
export function readTraceOf(dir: string): Trace {
    assertOwnFiles(dir);
    const blobs = new Blobs(join(dir, 'blobs'));
    const recording = join(dir, RECORDING);
    return readTrace({
        journal: journalOf(join(dir, JOURNAL), blobs),
        recorded: existsSync(recording) ? recordedIn(recording) : [],
        readBlob: (hash) => blobs.read(hash),
    });
}

function* journalOf(path: string, blobs: Blobs): Generator<JournalEntry> {
    for (const line of linesOf(path)) yield decode(line, blobs);
}

function* recordedIn(path: string): Generator<PlacedEntry> {
    for (const line of linesOf(path)) {
        const placed = decodeRecorded(line);
        if (!placed) return;
        yield placed;
    }
}

/** Lines that end: a last one that doesn't is being written, or was torn by a kill. */
function* linesOf(path: string): Generator<string> {
    const file = openSync(path, 'r');
    try {
        for (const { bytes } of wholeLines(file, CHUNK_BYTES)) yield bytes().toString();
    } finally {
        closeSync(file);
    }
}
