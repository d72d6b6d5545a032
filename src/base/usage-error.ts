/** Something that a person typed and that can't be understood, or that a person can mend; the message says how. */
export class UsageError extends Error {
    override name = 'UsageError';
}
