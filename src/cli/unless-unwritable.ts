import { CannotWriteError } from '../base/cannot-write-error.js';

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

/** Says why progress is not kept, if it is not. */
export function tellUnkept(why: string | undefined): void {
    if (why !== undefined) process.stderr.write(`${why}\n`);
}
