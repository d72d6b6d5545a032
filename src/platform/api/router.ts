import { TrieRouter } from 'hono/router/trie-router';

import { ApiError } from '../errors.js';
import type { Operation } from './operation.js';
import { decodeParams } from './request.js';

/** Finds the operation that an address and a method stand for. */
export class OperationRouter {
    readonly #router = new TrieRouter<Map<string, Operation>>();

    /** @param prefix What the operations' paths lie below. */
    add(prefix: string, operations: readonly Operation[]): void {
        const byPath = new Map<string, Map<string, Operation>>();
        for (const operation of operations) {
            const methods = byPath.get(operation.path) ?? new Map<string, Operation>();
            byPath.set(operation.path, methods.set(operation.method, operation));
        }
        for (const [path, methods] of byPath) {
            this.#router.add('ALL', `${prefix}${path}`, methods);
            // The older spelling, still sent by clients before 2.25.
            if (path.startsWith('/actors')) this.#router.add('ALL', `/v2${path.replace('/actors', '/acts')}`, methods);
        }
    }

    /**
     * @throws ApiError 404 for an address that nobody serves, 405 for a method that is not one of its methods.
     */
    find(method: string, path: string): { operation: Operation; params: Record<string, string> } {
        const [handlers] = this.#router.match('ALL', path);
        const match = handlers[0];
        if (!match) {
            throw new ApiError(404, 'page-not-found', `${method} ${path} is not supported by this local platform.`);
        }
        const [methods, rawParams] = match;
        const operation = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
        if (!operation) {
            const allowed = [...new Set([...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : [])])].join(', ');
            const message = `${method} is not allowed here. Allowed: ${allowed}.`;
            throw new ApiError(405, 'method-not-allowed', message, undefined, { allow: allowed });
        }
        return { operation, params: decodeParams(rawParams as Record<string, string>) };
    }
}
