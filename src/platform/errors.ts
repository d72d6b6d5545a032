/**
 * An error in the API's own shape: `{ error: { type, message, data? } }`.
 * The client turns only a 404 of type `record-not-found` or `record-or-token-not-found` into `undefined`.
 */
export class ApiError extends Error {
    constructor(
        readonly status: number,
        readonly type: string,
        message: string,
        readonly data?: unknown,
        /** Headers of the answer. */
        readonly headers: Readonly<Record<string, string>> = {},
    ) {
        super(message);
        this.name = 'ApiError';
    }

    toBody(): { error: { type: string; message: string; data?: unknown } } {
        return {
            error: { type: this.type, message: this.message, ...(this.data === undefined ? {} : { data: this.data }) },
        };
    }
}

export const recordNotFound = (what: string): ApiError =>
    new ApiError(404, 'record-not-found', `${what} was not found.`);

export const invalidValue = (message: string): ApiError => new ApiError(400, 'invalid-value', message);

export const invalidInput = (message: string): ApiError => new ApiError(400, 'invalid-input', message);
