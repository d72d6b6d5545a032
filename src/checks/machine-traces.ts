import { lineAt, type Problem, type Repository } from './repository.js';

/** What only makes sense on the machine where it was written. No pattern matches its own source text. */
const TRACES: { kind: string; pattern: RegExp }[] = [
    { kind: 'a path of one machine', pattern: /(?<![\w.:/-])\/(?:work|root|tmp)(?![\w-])[^\s"'`)]*/g },
    { kind: 'a path of one machine', pattern: /(?<![\w.:/-])\/(?:home|Users)\/\w[^\s"'`)]*/g },
    { kind: 'a path of one machine', pattern: /\b[A-Z]:\\{1,2}Users\\[^\s"'`)]*/g },
    { kind: 'the host of a package registry', pattern: /\bregistry\.[a-z0-9-]+\.(?:org|com|io|net|dev|cn)\b/gi },
    {
        kind: 'the host of a package registry',
        pattern: /\b(?:deb|archive|security)\.(?:debian|ubuntu)\.(?:org|com)\b/gi,
    },
];

/** Absolute paths of somebody's machine, and registry hosts, in any text of the repository. */
export function findMachineTraces(repository: Repository): Problem[] {
    return [...repository].flatMap(([file, text]) =>
        TRACES.flatMap(({ kind, pattern }) =>
            [...(text ?? '').matchAll(pattern)].map((match) => ({
                file,
                line: lineAt(text ?? '', match.index),
                message: `${match[0]} is ${kind}: the repository must work anywhere`,
            })),
        ),
    );
}
