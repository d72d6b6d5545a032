import { Hono } from 'hono';

import type { CourseServices } from './app.js';

export function proofRoutes(_services: CourseServices): Hono {
    return new Hono();
}
