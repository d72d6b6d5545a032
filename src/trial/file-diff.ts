import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

/**
 * What changes from one text to another, as a unified diff; empty where nothing does.
 *
 * @param names What the two are called.
 */
export function fileDiff(names: readonly [string, string], before: string, after: string, context: number): string {
    if (before === after) return '';
    const patch = structuredPatch(...names, before, after, undefined, undefined, { context });
    return `--- ${names[0]}\n+++ ${names[1]}\n${formatPatch(patch, OMIT_HEADERS)}`;
}
