import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import { messagePage } from '../pages/message.js';

/** Whether a script of a page asks, which wants data; a form wants a page. */
export function isScript(context: Context): boolean {
    return context.req.header('accept')?.includes('application/json') ?? false;
}

/** Says why something is not done: to a script, or on a page. */
export function refuse(context: Context, { message }: Error, status: ContentfulStatusCode = 409): Response {
    if (isScript(context)) return context.json({ problem: message }, status);
    return context.html(messagePage({ place: placeOf(context), isLive: true }, 'Not now', message), status);
}

/** Where the browser takes a page for being that answers a request. */
export function placeOf({ req }: Context): string {
    return req.path.replace(/^\//, '').replace(/[^/]*$/, '');
}
