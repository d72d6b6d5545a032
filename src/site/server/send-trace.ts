import type { Context } from 'hono';

/** Answers with what `packTrace` has made. */
export function sendTrace(context: Context, packed: Uint8Array): Response {
    return context.body(new Uint8Array(packed), 200, { 'Content-Type': 'application/gzip' });
}
