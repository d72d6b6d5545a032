/** A webhook that was registered. This platform keeps it and sends nothing. */
export interface WebhookRecord {
    id: string;
    /** Milliseconds since the epoch. */
    createdAt: number;
    eventTypes: string[];
    condition: Record<string, unknown>;
    requestUrl: string;
    isAdHoc: boolean;
    ignoreSslErrors: boolean;
    doNotRetry: boolean;
    payloadTemplate: string | null;
    headersTemplate: string | null;
    description: string | null;
    shouldInterpolateStrings: boolean;
    idempotencyKey?: string;
}
