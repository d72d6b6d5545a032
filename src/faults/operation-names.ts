import { nearest } from '../base/nearest.js';
import { otherCommand } from '../base/terminal/command.js';
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

/** Which operations somebody may have meant who gave a name that there is not, and how all of them are listed. */
export function nearOperations(name: string): string {
    const spelling = name.includes('.') ? shortName : ({ operationId }: { operationId: string }): string => operationId;
    const names = nearest(name, OPERATIONS.map(spelling)).join(', ');
    return `Names like it are ${names}; ${otherCommand('platform')} --operations lists all.`;
}
