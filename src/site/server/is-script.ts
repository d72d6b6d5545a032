import type { Context } from 'hono';

/** Whether a script of a page asks, which wants data; a form wants a page. */
export function isScript(context: Context): boolean {
    return context.req.header('accept')?.includes('application/json') ?? false;
}
