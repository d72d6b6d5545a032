/** What has to be on disk could not be written there, such as on a full one. Nothing of it was applied. */
export class UnwritableError extends Error {
    override name = 'UnwritableError';

    /**
     * @param what What could not be written, such as `The journal`.
     * @param cause What the operating system said.
     */
    constructor(what: string, cause: NodeJS.ErrnoException) {
        super(`${what} can't be written: ${cause.message}.`, { cause });
    }
}

/** True for an error of the operating system, such as ENOSPC. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
    return error instanceof Error && 'syscall' in error;
}
