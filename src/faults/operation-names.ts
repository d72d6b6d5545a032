import { OPERATIONS } from '../platform/api/operations.js';

/**
 * An operation's path and method as people say them: `POST /datasets/:id/items` is `datasets.items.post`, and
 * `PUT /key-value-stores/:id/records/:key` is `key-value-stores.records.put`. Parameters are left out, so
 * `datasets.get` stands for one dataset and for the list of all.
 */
export function shortName({ method, path }: { method: string; path: string }): string {
    const words = path.split('/').filter((word) => word !== '' && !word.startsWith(':'));
    return [...words, method.toLowerCase()].join('.');
}

/** The operations of the API that a person means: by `operationId`, by short name, or all of them by `call`. */
export function operationsNamed(name: string): readonly string[] {
    return OPERATIONS.filter(
        (operation) => name === 'call' || operation.operationId === name || shortName(operation) === name,
    ).map(({ operationId }) => operationId);
}
