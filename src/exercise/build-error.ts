import { shortPath } from '../base/short-path.js';
import { stripVTControlCharacters } from 'node:util';

/** Why a learner's Actor can't be started, in words for the learner. */
export class BuildError extends Error {
    override name = 'BuildError';
}

interface RolldownError {
    code?: string;
    message?: string;
    id?: string;
    loc?: { file?: string; line: number; column: number };
}

/** The first thing that is wrong, of what the bundler has thrown, in a sentence. */
export function explain(error: unknown, dir: string): string {
    const { errors = [] } = error as { errors?: RolldownError[] };
    const [first] = errors;
    if (!first) return `${shortPath(dir)} can't be built: ${(error as Error).message}`;
    const { code, loc, message = '' } = first;
    const file = loc?.file ?? first.id;
    const place = file === undefined ? shortPath(dir) : shortPath(file) + (loc ? `:${loc.line}:${loc.column + 1}` : '');
    if (code === 'UNRESOLVED_IMPORT') {
        const [, wanted = 'something'] = /resolve '(.*?)'/.exec(message) ?? [];
        return `${place} imports '${wanted}', and there is no such file.`;
    }
    const [what = ''] = plain(message).split('\n');
    if (code === 'PARSE_ERROR') return `${place} has a syntax error: ${what}.`;
    return `${place} can't be built: ${what}.`;
}

/** Without colours and the name of the error. */
function plain(message: string): string {
    return stripVTControlCharacters(message)
        .replace(/^\[[A-Z_]+\] /, '')
        .trim();
}
