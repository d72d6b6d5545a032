import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The text files of a repository by path, with forward slashes, relative to its root. Binary files map to null. */
export type Repository = ReadonlyMap<string, string | null>;

/** One thing that does not hold, where it stands, and what is wrong with it. */
export interface Problem {
    file: string;
    line: number;
    message: string;
}

/**
 * Reads what Git tracks, and new files that it would track, so that a check speaks before the commit.
 *
 * @throws Error when `root` is no Git checkout.
 */
export function readRepository(root: string): Repository {
    const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
    });
    const files = listing.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
    return new Map(files.map((file) => [file, decode(readFileSync(path.join(root, file)))]));
}

/** Git's own rule of thumb: a file with a NUL byte near its start is binary. */
function decode(bytes: Buffer): string | null {
    return bytes.subarray(0, 8000).includes(0) ? null : bytes.toString('utf8');
}

/** The Markdown files among `repository`, with their text. */
export function markdownFiles(repository: Repository): [file: string, text: string][] {
    return [...repository].filter((entry): entry is [string, string] => entry[0].endsWith('.md') && entry[1] !== null);
}

/** The 1-based line of the character at `index`. */
export function lineAt(text: string, index: number): number {
    return text.slice(0, Math.max(0, index)).split('\n').length;
}
