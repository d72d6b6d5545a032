import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const NAMED_COMMAND = /\bnpm (?:(?:run|run-script) (?:-\S+ )*([\w:.-]*\w)|(start|test)\b)/g;
const WITH_OPTIONS = /\bnpm (?:run )?([\w:.-]*\w) -- ([^\n`#]*)/g;
const OPTION = /(?<!\S)--[a-z][\w-]*/g;
const LOADED_COMMAND = /\bimport\('\.\.\/([\w/-]+\/cli\/[\w-]+)\.js'\)/g;
const COMPILED_FILE = /\bnode (?:-r \S+ )?(dist\/(\S+)\.c?js)\b/;

/** Commands such as `npm run solution` that a text, by default any Markdown, names and package.json does not have. */
export function findUnknownCommands(repository: Repository, texts = markdownFiles(repository)): Problem[] {
    const scripts = readScripts(repository);
    return texts.flatMap(([file, text]) =>
        [...text.matchAll(NAMED_COMMAND)].flatMap((match) => {
            const name = match[1] ?? match[2] ?? '';
            if (name in scripts) return [];
            const message = `names "${match[0]}", but package.json has no script "${name}"`;
            return [{ file, line: lineAt(text, match.index), message }];
        }),
    );
}

/** Options such as `--fault` that Markdown gives to a command, and that its source file does not have. */
export function findUnknownOptions(repository: Repository): Problem[] {
    const scripts = readScripts(repository);
    return markdownFiles(repository).flatMap(([file, text]) =>
        [...text.matchAll(WITH_OPTIONS)].flatMap((match) => {
            const [, name = '', options = ''] = match;
            const source = sourceOf(name, scripts, repository);
            if (source === undefined) return [];
            return (options.match(OPTION) ?? [])
                .filter((option) => option !== '--help' && option !== '--plain' && !hasOption(source, option))
                .map((option) => {
                    const message = `gives ${option} to "npm run ${name}", which has no such option`;
                    return { file, line: lineAt(text, match.index), message };
                });
        }),
    );
}

/**
 * Text of the source file that a script runs, be it compiled or bundled, and of its help file where it has one;
 * undefined for a tool of somebody else.
 */
function sourceOf(name: string, scripts: Record<string, string>, repository: Repository): string | undefined {
    const compiled = COMPILED_FILE.exec(scripts[name] ?? '')?.[2];
    if (compiled === undefined) return undefined;
    const source = repository.get(`${compiled}.ts`) ?? repository.get(`src/cli/${name}.ts`) ?? undefined;
    if (source === undefined) return undefined;
    // A command of another room that this one only loads.
    const loaded = [...source.matchAll(LOADED_COMMAND)].map(([, file]) => `src/${file}`);
    const texts = [compiled, ...loaded].flatMap((file) => [`${file}.ts`, `${file}-help.ts`]);
    return [source, ...texts.map((file) => repository.get(file) ?? '')].join('\n');
}

/** Every command tells its options in its help text. */
function hasOption(source: string, option: string): boolean {
    return new RegExp(`${option}(?![\\w-])`).test(source);
}

/** Scripts of package.json that run a compiled file which no source file compiles to. */
export function findScriptsWithoutSource(repository: Repository): Problem[] {
    const packageJson = repository.get('package.json') ?? '';
    return Object.entries(readScripts(repository)).flatMap(([name, command]) => {
        const [, compiled, path] = COMPILED_FILE.exec(command) ?? [];
        // A bundle is named after the command that it is made of.
        const source = path?.replace(/^bundle\//, 'src/cli/');
        if (source === undefined || repository.has(`${source}.ts`)) return [];
        const line = lineAt(packageJson, packageJson.indexOf(`"${name}":`));
        return [
            { file: 'package.json', line, message: `script "${name}" runs ${compiled}, but there is no ${source}.ts` },
        ];
    });
}

function readScripts(repository: Repository): Record<string, string> {
    const { scripts = {} } = JSON.parse(repository.get('package.json') ?? '{}') as { scripts?: Record<string, string> };
    return scripts;
}
