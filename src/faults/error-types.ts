/**
 * Types of the API's errors that a run may meet, with the HTTP status that each comes with.
 *
 * Source: `ErrorType` and the examples of answers in https://docs.apify.com/api/openapi.json. For the two limits of an
 * account, https://github.com/apify/apify-mcp-server/pull/820 has the status: 402.
 */
export const ERROR_TYPES = {
    'actor-memory-limit-exceeded': 402,
    'concurrent-runs-limit-exceeded': 402,
    'insufficient-permissions': 403,
    'internal-server-error': 500,
    'invalid-input': 400,
    'invalid-request': 400,
    'invalid-token': 401,
    'invalid-value': 400,
    'job-finished': 400,
    'rate-limit-exceeded': 429,
    'record-not-found': 404,
    'record-or-token-not-found': 404,
    'request-too-large': 413,
    'run-timeout-exceeded': 408,
    'schema-validation-error': 400,
    'unsupported-content-encoding': 415,
} as const satisfies Record<string, number>;

/** The HTTP status of an error type; undefined for one that is not listed. */
export function errorStatusOf(type: string): number | undefined {
    return Object.hasOwn(ERROR_TYPES, type) ? ERROR_TYPES[type as keyof typeof ERROR_TYPES] : undefined;
}
