import { CannotWriteError } from '../base/cannot-write-error.js';

/** What a platform has to have on disk could not be written there. Nothing of it was applied. */
export class UnwritableError extends CannotWriteError {
    override name = 'UnwritableError';
}
