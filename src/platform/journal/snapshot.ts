import { createHash } from 'node:crypto';
import {
    appendFileSync,
    closeSync,
    fstatSync,
    openSync,
    readFileSync,
    readSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

import type { StateData } from '../../trace/state-data.js';
import type { Blobs } from './blobs.js';
import { JOURNAL, type JournalPosition } from './journal.js';

/** File of the data directory that holds a state of the journal, so that it need not be read from its begin. */
export const SNAPSHOT = 'snapshot.bin';

/** Another number for another form of what is in it. */
const FORMAT = 2;

const HASH = /^[0-9a-f]{64}$/;

const PIECES = 64;
const PIECE_BYTES = 4_096;

export interface Snapshot {
    readonly position: JournalPosition;
    readonly data: StateData;
}

interface Head {
    format: number;
    position: JournalPosition;
    /** Of the journal's file, and of pieces of what it holds up to there. */
    journal: string;
    /** Of the data behind this line. */
    data: string;
}

/**
 * Writes a snapshot. It is nothing but a saving of time: whatever goes wrong, the journal holds all, and a snapshot that
 * is not whole is not there.
 */
export function writeSnapshot(dir: string, { position, data }: Snapshot): void {
    const path = join(dir, SNAPSHOT);
    const temporary = `${path}.${process.pid}.tmp`;
    try {
        const bytes = serialize(data);
        const journal = journalMark(dir, position);
        if (journal === undefined) return;
        const head: Head = { format: FORMAT, position, journal, data: sha256(bytes) };
        writeFileSync(temporary, `${JSON.stringify(head)}\n`, { mode: 0o600 });
        appendFileSync(temporary, bytes);
        renameSync(temporary, path);
    } catch {
        rmSync(temporary, { force: true });
    }
}

/**
 * Reads the snapshot of a data directory; undefined when there is none, it is damaged, a large value is gone, or the
 * journal is not the one that it was made of, with more entries at most. A journal that was copied, with its snapshot, is another one.
 */
export function readSnapshot(dir: string, blobs: Pick<Blobs, 'sizeOf'>): Snapshot | undefined {
    try {
        const bytes = readFileSync(join(dir, SNAPSHOT));
        const end = bytes.indexOf('\n');
        const { format, position, journal, data } = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
        const body = bytes.subarray(end + 1);
        if (format !== FORMAT || journal !== journalMark(dir, position) || data !== sha256(body)) return undefined;
        const state = deserialize(body) as StateData;
        return areThere(state, blobs) ? { position, data: state } : undefined;
    } catch {
        return undefined;
    }
}

/** Whether the large values of a state are. */
function areThere({ keyValueStores }: StateData, blobs: Pick<Blobs, 'sizeOf'>): boolean {
    return keyValueStores.every(({ content }) =>
        [...content.records.values.values()].every(
            (value) => !('blob' in value) || (HASH.test(value.blob) && blobs.sizeOf(value.blob) === value.size),
        ),
    );
}

/**
 * What tells a journal from others: which file it is, and pieces of its first `size` bytes, the last of which are among
 * them. All of its gigabytes would take as long as reading them. Undefined when it is shorter.
 */
function journalMark(dir: string, { size, length }: JournalPosition): string | undefined {
    const file = openSync(join(dir, JOURNAL), 'r');
    try {
        const { dev, ino, size: fileSize } = fstatSync(file, { bigint: true });
        if (fileSize < BigInt(size)) return undefined;
        const hash = createHash('sha256').update(`${dev} ${ino} ${size} ${length} `);
        const last = Math.max(0, size - PIECE_BYTES);
        for (let i = 0; i < PIECES; i++) {
            const piece = Buffer.alloc(Math.min(PIECE_BYTES, size));
            readSync(file, piece, 0, piece.length, Math.floor((last * i) / (PIECES - 1)));
            hash.update(piece);
        }
        return hash.digest('hex');
    } finally {
        closeSync(file);
    }
}

function sha256(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
}
