import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { makeDirectory } from '../make-directory.js';
import type { JournalEntry } from '../../trace/entries.js';
import { isSystemError } from '../../base/cannot-write-error.js';
import type { PlaceOnDisk } from '../../trace/place.js';
import type { PlacedLine } from '../../trace/placed-entry.js';
import { UnwritableError } from '../unwritable-error.js';
import { Blobs } from './blobs.js';
import { decode, encode, settle } from '../../trace/codec.js';
import { JournalReader } from './journal-reader.js';
import { type DirectoryLock, lockDirectory } from './directory-lock.js';
import { assertOwnFiles, closeToOthers, sweepUnfinished } from './own-files.js';
import { wholeLines } from './whole-lines.js';

/** File of the data directory that holds every write. */
export const JOURNAL = 'journal.jsonl';

/** A place between two entries. */
export interface JournalPosition {
    /** Bytes before it. */
    readonly size: number;
    /** Entries before it. */
    readonly length: number;
}

const BEGIN: JournalPosition = { size: 0, length: 0 };

/** Told of an entry, and of its line, which is of use until the next one comes. */
type OnEntry = (entry: JournalEntry, line: PlacedLine) => void;

/** How much of a file of lines is read at once. */
export const CHUNK_BYTES = 1024 * 1024;

/**
 * The append-only record of a platform: `journal.jsonl` in its data directory, one JSON line an entry.
 *
 * `append` returns after the operating system has the line, so what was acknowledged outlives a SIGKILL of this
 * process (not a power cut: lines are not flushed to the disk one by one). A kill in the middle of a write leaves a
 * torn last line, which the next start cuts off; nobody was told that it had been written.
 */
export class Journal {
    readonly blobs: Blobs;
    readonly #lock: DirectoryLock;
    readonly #file: number;
    readonly #reader: JournalReader;
    #size: number;
    #length = 0;
    #isTorn = false;
    #closed = false;

    private constructor(
        readonly dir: string,
        lock: DirectoryLock,
        onEntry: OnEntry,
        chunkBytes: number,
        from: JournalPosition,
    ) {
        this.#lock = lock;
        this.blobs = new Blobs(join(dir, 'blobs'));
        this.#file = openSync(join(dir, JOURNAL), 'a+', 0o600);
        this.#reader = new JournalReader(join(dir, JOURNAL));
        try {
            this.#length = from.length;
            this.#size = this.#replay(onEntry, chunkBytes, from.size);
            ftruncateSync(this.#file, this.#size);
            this.#reader.open();
        } catch (error) {
            closeSync(this.#file);
            throw error;
        }
    }

    /**
     * Opens a data directory, made when it isn't there, and passes on every entry that it holds.
     *
     * @param chunkBytes How much is read at once; the journal may be larger than memory, a line may be longer.
     * @param from What comes before is known already, and not read.
     * @throws Error when another process holds the directory, when a whole line is damaged, or when a file is a link.
     */
    static open(dir: string, onEntry: OnEntry, chunkBytes = CHUNK_BYTES, from = BEGIN): Journal {
        makeDirectory(dir);
        assertOwnFiles(dir);
        const lock = lockDirectory(dir);
        try {
            closeToOthers(dir);
            sweepUnfinished(dir);
            return new Journal(dir, lock, onEntry, chunkBytes, from);
        } catch (error) {
            lock.release();
            throw error;
        }
    }

    /**
     * Writes an entry and returns it, its large value in a file of its own, and its line.
     *
     * @throws UnwritableError when the line, or a value that it names, can't be written whole; the file is then as
     *   before.
     */
    append(entry: JournalEntry): { entry: JournalEntry; line: PlacedLine } {
        if (this.#closed) throw new Error('The journal is closed.');
        if (this.#lock.isLost) {
            throw new UnwritableError(
                `The journal in ${this.dir}`,
                new Error('another process has taken its directory'),
            );
        }
        try {
            const settled = settle(entry, this.blobs);
            const line = { bytes: Buffer.from(`${encode(settled)}\n`), offset: this.#size };
            this.#write(line.bytes);
            this.#length++;
            return { entry: settled, line };
        } catch (error) {
            throw isSystemError(error) ? new UnwritableError(`The journal in ${this.dir}`, error) : error;
        }
    }

    /** Bytes that it holds. */
    get size(): number {
        return this.#size;
    }

    /** Entries that it holds. */
    get length(): number {
        return this.#length;
    }

    /** The JSON at a place, as long as the file is there. */
    read({ offset, length }: Pick<PlaceOnDisk, 'offset' | 'length'>): string {
        return this.#reader.text({ offset, length }, this.#size);
    }

    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#reader.close();
        closeSync(this.#file);
        this.#lock.release();
    }

    #write(line: Buffer): void {
        // What an earlier write has left of its line and could not take back.
        if (this.#isTorn) this.#cutOff();
        try {
            let written = 0;
            while (written < line.length) written += writeSync(this.#file, line, written);
        } catch (error) {
            this.#isTorn = true;
            this.#cutOff();
            throw error;
        }
        this.#size += line.length;
    }

    #cutOff(): void {
        ftruncateSync(this.#file, this.#size);
        this.#isTorn = false;
    }

    /** Returns the length in bytes up to the last whole line. */
    #replay(onEntry: OnEntry, chunkBytes: number, begin: number): number {
        let size = begin;
        for (const { bytes, end } of wholeLines(this.#file, chunkBytes, begin)) {
            this.#length++;
            let line: Buffer;
            let entry: JournalEntry;
            try {
                line = bytes();
                entry = decode(line.toString(), this.blobs);
            } catch (error) {
                throw new Error(
                    `Line ${this.#length} of ${join(this.dir, JOURNAL)} can't be read (${(error as Error).message}). ` +
                        'Nothing was changed; move the directory aside or repair that line.',
                );
            }
            onEntry(entry, { bytes: line, offset: size });
            size = end;
        }
        return size;
    }
}
