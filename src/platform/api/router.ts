import { RegExpRouter } from 'hono/router/reg-exp-router';

import { ApiError } from '../errors.js';
import type { Operation } from './operation.js';
import { decodeParam } from './request.js';

type Methods = Map<string, Operation>;

/** What lies below a prefix. */
export type OperationsBelow = readonly [prefix: string, operations: readonly Operation[]];

/** Finds the operation that an address and a method stand for. */
export class OperationRouter {
    /** In the order in which they are asked: one can't hold paths that have a name where others have a parameter. */
    readonly #routers: RegExpRouter<Methods>[] = [];

    constructor(all: readonly OperationsBelow[]) {
        const byPath = new Map<string, Methods>();
        for (const [prefix, operations] of all) {
            for (const operation of operations) {
                for (const path of spellings(operation.path)) {
                    const methods = byPath.get(`${prefix}${path}`) ?? new Map<string, Operation>();
                    byPath.set(`${prefix}${path}`, methods.set(operation.method, operation));
                }
            }
        }
        let paths = [...byPath.keys()];
        while (paths.length > 0) {
            const named = paths.filter((path) => paths.some((other) => hasNameForParam(path, other)));
            const router = new RegExpRouter<Methods>();
            for (const path of paths) if (!named.includes(path)) router.add('ALL', path, byPath.get(path)!);
            this.#routers.unshift(router);
            paths = named;
        }
    }

    /**
     * @throws ApiError 404 for an address that nobody serves, 405 for a method that is not one of its methods.
     */
    find(method: string, path: string): { operation: Operation; params: Record<string, string> } {
        const match = this.#match(path);
        if (!match) {
            throw new ApiError(404, 'page-not-found', `${method} ${path} is not supported by this local platform.`);
        }
        const { methods, params } = match;
        const operation = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
        if (!operation) {
            const allowed = [...new Set([...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : [])])].join(', ');
            const message = `${method} is not allowed here. Allowed: ${allowed}.`;
            throw new ApiError(405, 'method-not-allowed', message, undefined, { allow: allowed });
        }
        return { operation, params };
    }

    /** @throws ApiError 400 when a parameter is badly encoded. */
    #match(path: string): { methods: Methods; params: Record<string, string> } | undefined {
        for (const router of this.#routers) {
            const [[found], values] = router.match('ALL', path);
            if (!found) continue;
            const [methods, places] = found;
            const params: Record<string, string> = {};
            for (const name of Object.keys(places)) params[name] = decodeParam(values![places[name] as number]!);
            return { methods, params };
        }
        return undefined;
    }
}

/** Actors have an older spelling, still sent by clients before 2.25. */
function spellings(path: string): string[] {
    return path.startsWith('/actors') ? [path, path.replace('/actors', '/acts')] : [path];
}

/** Whether the first segment in which they differ is a name in the one and a parameter in the other. */
function hasNameForParam(path: string, other: string): boolean {
    const segments = path.split('/');
    const others = other.split('/');
    const differing = segments.findIndex((segment, i) => segment !== others[i]);
    return !segments[differing]?.startsWith(':') && others[differing]?.startsWith(':') === true;
}
