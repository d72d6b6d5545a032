/** Something that a person typed and that can't be understood; the message says what can. */
export class UsageError extends Error {
    override name = 'UsageError';
}
