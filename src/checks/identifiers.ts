import path from 'node:path';

import { fencedBlocks, inlineCode } from '../course/markdown-text.js';
import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';
import type { Members } from './sdk-members.js';

const SAMPLE_LANGUAGES = new Set(['js', 'ts', 'javascript', 'typescript', 'diff']);
const NAME = /(?<![\w.$'"/-])([A-Za-z]\w*)\.([A-Za-z_]\w*)/g;
const EVENT = /\bActor\.(?:on|off)\(\s*['"](\w+)['"]/g;

/** Names of the SDK and of Crawlee that Markdown says in code, and that their installed versions don't have. */
export function findUnknownNames(repository: Repository, members: Members, events: ReadonlySet<string>): Problem[] {
    return markdownFiles(repository).flatMap(([file, text]) =>
        codeOf(text).flatMap(({ code, index }) => {
            const at = (match: RegExpExecArray, message: string): Problem => ({
                file,
                line: lineAt(text, index + match.index),
                message,
            });
            const names = [...code.matchAll(NAME)].flatMap((match) => {
                const known = members.get(match[1]!);
                if (!known || known.has(match[2]!) || isFile(match[2]!)) return [];
                return [at(match, `names ${match[0]}, but ${match[1]} has no ${match[2]} in the installed version`)];
            });
            const unheard = [...code.matchAll(EVENT)]
                .filter((match) => !events.has(match[1]!))
                .map((match) => at(match, `listens to '${match[1]}', an event that the SDK does not have`));
            return [...names, ...unheard];
        }),
    );
}

function codeOf(text: string): { code: string; index: number }[] {
    return [...inlineCode(text), ...fencedBlocks(text).filter(({ language }) => SAMPLE_LANGUAGES.has(language))];
}

/** `Actor.md` and the like. */
function isFile(ending: string): boolean {
    return /^(?:md|json|yaml|[jt]s)$/.test(ending);
}

/** Where the files of the course are; a path that begins otherwise leads to something that a run makes. */
const FOLDERS = ['src', 'lessons', 'quiz', 'exercises', 'solutions', '.actor', '.ci', '.github'];
const PATH = new RegExp(`^(?:${FOLDERS.map((name) => name.replace('.', '\\.')).join('|')})/[\\w./-]*$`);
const FILE_NAME = /^[\w.-]{2,}\.(?:ts|md|ya?ml)$/;

/** Paths and file names that Markdown says in code, and that the repository doesn't have. */
export function findUnknownPaths(repository: Repository): Problem[] {
    const files = [...repository.keys()];
    const names = new Set(files.map((file) => path.posix.basename(file)));
    const isThere = (wanted: string): boolean => files.some((file) => file === wanted || file.startsWith(`${wanted}/`));
    return markdownFiles(repository).flatMap(([file, text]) =>
        inlineCode(text)
            .filter(({ code }) =>
                PATH.test(code)
                    ? !isThere(code.replace(/\/$/, ''))
                    : // `x.test.ts` stands for any such name.
                      FILE_NAME.test(code) && !code.startsWith('x.') && !names.has(code),
            )
            .map(({ code, index }) => ({
                file,
                line: lineAt(text, index),
                message: `names ${code}, but the repository has no such file or folder`,
            })),
    );
}
