import { createHash, randomUUID } from 'node:crypto';
import {
    createReadStream,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import type { BlobStore } from '../../trace/codec.js';

/** Large values, each in a file named after its SHA-256. A file under its final name is always whole. */
export class Blobs implements BlobStore {
    constructor(private readonly dir: string) {}

    /** Writes the bytes unless they are there already, and returns their SHA-256. */
    write(bytes: Uint8Array): string {
        const hash = createHash('sha256').update(bytes).digest('hex');
        const path = this.path(hash);
        if (!existsSync(path)) {
            mkdirSync(this.dir, { recursive: true, mode: 0o700 });
            const temporary = `${path}.${randomUUID()}.tmp`;
            try {
                writeFileSync(temporary, bytes, { mode: 0o600 });
                renameSync(temporary, path);
            } catch (error) {
                rmSync(temporary, { force: true });
                throw error;
            }
        }
        return hash;
    }

    read(hash: string): Buffer {
        return readFileSync(this.path(hash));
    }

    stream(hash: string): Readable {
        return createReadStream(this.path(hash));
    }

    /** Length in bytes; undefined for a blob that isn't there. */
    sizeOf(hash: string): number | undefined {
        return statSync(this.path(hash), { throwIfNoEntry: false })?.size;
    }

    path(hash: string): string {
        return join(this.dir, hash);
    }
}
