import { UsageError } from './usage-error.js';

/** What has to be on disk can't be written there, as on a full one or in a folder that is read-only: a person can mend it. */
export class CannotWriteError extends UsageError {
    override name = 'CannotWriteError';

    /**
     * @param what What can't be written, such as `The report x.html`.
     * @param cause What the operating system said.
     */
    constructor(what: string, cause: Error) {
        super(`${what} can't be written: ${cause.message.replace(/\.$/, '')}.`, { cause });
    }
}

/** True for an error of the operating system, such as ENOSPC. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
    return error instanceof Error && 'syscall' in error;
}

/** What the system refuses where a disk or a folder is not as it has to be, whichever file it is about. */
const REFUSALS = new Set(
    'ENOSPC EDQUOT EROFS EACCES EPERM EIO EFBIG EMFILE ENFILE ENOTDIR EISDIR EEXIST ENAMETOOLONG'.split(' '),
);
/** Calls that are about no file. */
const NO_FILE = /^(?:spawn|listen|bind|connect|kill|uv_)/;

/** An error that a disk has caused and nobody has put in words yet, as one that says so; undefined for any other. */
export function diskError(error: unknown): CannotWriteError | undefined {
    if (error instanceof CannotWriteError) return error;
    if (!isSystemError(error) || !REFUSALS.has(error.code ?? '') || NO_FILE.test(error.syscall!)) return undefined;
    return new CannotWriteError(error.path ?? 'A file', error);
}

/**
 * Does what writes.
 *
 * @param what See `CannotWriteError`.
 * @throws CannotWriteError for what the system refuses.
 */
export function writing<T>(what: string, work: () => T): T {
    try {
        return work();
    } catch (error) {
        throw asCannotWrite(what, error);
    }
}

/**
 * Keeps progress where that can be: what was read, tried or checked was so all the same.
 *
 * @returns Why it is not kept, a sentence; undefined when it is.
 */
export function unlessUnwritable(keep: () => void): string | undefined {
    try {
        keep();
        return undefined;
    } catch (error) {
        if (error instanceof CannotWriteError) return error.message;
        throw error;
    }
}

/** As `writing`, for what takes its time. */
export async function writingAsync<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        throw asCannotWrite(what, error);
    }
}

function asCannotWrite(what: string, error: unknown): unknown {
    return isSystemError(error) ? new CannotWriteError(what, error) : error;
}
