import { relative, sep } from 'node:path';

/** A path as short as a person can type it from here, with forward slashes. */
export function shortPath(path: string): string {
    const short = relative(process.cwd(), path);
    return short === '' || short.startsWith('..') ? path : short.split(sep).join('/');
}
