import { lineAt, type Problem, type Repository } from './repository.js';

const LOCKFILE = 'package-lock.json';

/** Packages that the lockfile binds to an address: npm must be free to take them from the learner's own registry. */
export function findLockedAddresses(repository: Repository): Problem[] {
    const text = repository.get(LOCKFILE);
    if (text === undefined || text === null) {
        return [{ file: LOCKFILE, line: 1, message: 'is missing: run npm install and commit it' }];
    }
    const { packages = {} } = JSON.parse(text) as { packages?: Record<string, { resolved?: string }> };
    return Object.entries(packages)
        .filter(([, entry]) => entry.resolved !== undefined)
        .map(([name]) => ({
            file: LOCKFILE,
            line: lineAt(text, text.indexOf(`"${name}":`)),
            message: `${name} has a "resolved" address: delete the lockfile's "resolved" lines, .npmrc keeps new ones out`,
        }));
}
