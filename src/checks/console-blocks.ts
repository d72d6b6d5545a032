import { fencedBlocks } from '../course/markdown-text.js';
import { lineAt, markdownFiles, type Repository } from './repository.js';

/** A command that a text shows, and the output that it shows for it. */
export interface ShownOutput {
    file: string;
    line: number;
    /** As a person types it: `npm run solution -- 0 --fault migrate`. */
    command: string;
    output: string[];
}

/** What every ```console block of the Markdown shows: each line with `$ ` begins another command. */
export function shownOutputs(repository: Repository): ShownOutput[] {
    return markdownFiles(repository).flatMap(([file, text]) =>
        fencedBlocks(text)
            .filter(({ language }) => language === 'console')
            .flatMap(({ code, index }) => commandsOf(code, file, lineAt(text, index))),
    );
}

function commandsOf(code: string, file: string, firstLine: number): ShownOutput[] {
    const lines = code.trimEnd().split('\n');
    const starts = lines.flatMap((line, n) => (line.startsWith('$ ') ? [n] : []));
    if (starts[0] !== 0) return [{ file, line: firstLine, command: '', output: lines }];
    return starts.map((start, n) => ({
        file,
        line: firstLine + start,
        command: lines[start]!.slice(2).trim(),
        output: lines.slice(start + 1, starts[n + 1]),
    }));
}

/**
 * The compiled file and the arguments that an npm command comes to.
 *
 * @throws Error when the command is another one, so that a test can't run it.
 */
export function nodeArgumentsOf(command: string, scripts: Record<string, string>): string[] {
    const [, name, rest = ''] = /^npm (?:run (?:--silent )?)?([\w:.-]*\w)(?:(?: --)?((?: .*)?))$/.exec(command) ?? [];
    const [, file] = /^node (?:-r \S+ )?(dist\/\S+\.c?js)$/.exec(scripts[name ?? ''] ?? '') ?? [];
    if (file === undefined) {
        const known = Object.keys(scripts).filter((script) => /^node (?:-r \S+ )?dist\//.test(scripts[script]!));
        throw new Error(`"$ ${command}" can't be checked: a console block shows one of npm run ${known.join(', ')}.`);
    }
    const args = [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
    return [file, ...args];
}

/** Stands for any number of lines that are left out. */
const GAP = '…';

/**
 * The first line of a block that the output doesn't have; undefined when it has all of them. Lines of the block follow
 * each other in the output, but for gaps, and begin and end anywhere. Empty lines don't count.
 */
export function firstMissing(block: readonly string[], output: string): string | undefined {
    const printed = output.split('\n').map(normalise).filter(Boolean);
    let from = 0;
    for (const piece of piecesOf(block)) {
        const wanted = piece.map(normalise);
        const start = printed.findIndex((_, at) => at >= from && wanted.every((line, n) => printed[at + n] === line));
        if (start === -1) return piece[longestMatch(wanted, printed, from)];
        from = start + piece.length;
    }
    return undefined;
}

/** The lines between gaps. */
function piecesOf(block: readonly string[]): string[][] {
    const pieces: string[][] = [[]];
    for (const line of block) {
        if (line.trim() === GAP) pieces.push([]);
        else if (line.trim() !== '') pieces.at(-1)!.push(line);
    }
    return pieces.filter(({ length }) => length > 0);
}

/** How many lines of a piece the output has in a row, where it has the most of them. */
function longestMatch(wanted: string[], printed: string[], from: number): number {
    const lengths = printed.slice(from).map((_, at) => {
        const differs = wanted.findIndex((line, n) => printed[from + at + n] !== line);
        return differs === -1 ? wanted.length : differs;
    });
    return Math.max(0, ...lengths);
}

const VARIABLE: readonly (readonly [RegExp, string])[] = [
    [/\.actors-move[\\/][\w.:\\/-]+/g, '<folder>'],
    [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?)?/g, '<date>'],
    [/\b(127\.0\.0\.1|localhost):\d+/g, '$1:<port>'],
    // A length of time with its unit. The times at the start of a timeline's lines are such, too.
    [/\b\d+(?:[.,]\d+)? ?(?:ms|s|min|seconds?|minutes?)\b/g, '<time>'],
    // Ids as Apify gives them: 17 letters and digits, of both cases.
    [/\b(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)[A-Za-z0-9]{17}\b/g, '<id>'],
    [/\bpid \d+/g, 'pid <pid>'],
    // How many requests are in flight at a moment, in a timeline's bar and in words.
    [/ ▪+(?: \d+)?/g, ' '],
    [/,(?: with)? (?:\d+ requests?|nothing) in flight/g, ''],
    [/\s+/g, ' '],
];

/**
 * How many counts a strike spoils depends on what the handlers were doing at that moment, so on how busy the machine
 * is. That it spoils some, and in which way, does not.
 */
const SPOILED: readonly (readonly [RegExp, string])[] = [
    [/\d+(?= offers counted of| rows for| too many| missing)/g, '<n>'],
    [/ASINs: .*/g, 'ASINs: <n>'],
    [/\d+ rows? too many/g, '<n> rows too many'],
    [/\d+ of (\d+) ASINs (?:is|are) gone/g, '<n> of $1 ASINs are gone'],
];

/** What a line has that tells of spoiled counts: the sign of a wrong verdict, or the sentence that says it. */
const TELLS_OF_SPOILED = /✘|ASINs (?:is|are) gone|too many\.$/;

/** A line without what differs from run to run: times, dates, ports, ids, folders, and the spaces that align them. */
export function normalise(line: string): string {
    const patterns = TELLS_OF_SPOILED.test(line) ? [...SPOILED, ...VARIABLE] : VARIABLE;
    return patterns.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), line).trim();
}
