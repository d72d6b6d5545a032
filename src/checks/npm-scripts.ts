import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const NAMED_COMMAND = /\bnpm (?:(?:run|run-script) (?:-\S+ )*([\w:.-]*\w)|(start|test)\b)/g;
const COMPILED_FILE = /\bnode (dist\/(\S+)\.js)\b/;

/** A bundle is made of the command of the same name. */
const sourceOf = (compiled: string): string => `${compiled.replace(/^bundle\//, 'src/cli/')}.ts`;

/** Commands such as `npm run solution` that Markdown names and package.json does not have. */
export function findUnknownCommands(repository: Repository): Problem[] {
    const scripts = readScripts(repository);
    return markdownFiles(repository).flatMap(([file, text]) =>
        [...text.matchAll(NAMED_COMMAND)].flatMap((match) => {
            const name = match[1] ?? match[2] ?? '';
            if (name in scripts) return [];
            const message = `names "${match[0]}", but package.json has no script "${name}"`;
            return [{ file, line: lineAt(text, match.index), message }];
        }),
    );
}

/** Scripts of package.json that run a compiled file which no source file compiles to. */
export function findScriptsWithoutSource(repository: Repository): Problem[] {
    const packageJson = repository.get('package.json') ?? '';
    return Object.entries(readScripts(repository)).flatMap(([script, command]) => {
        const [, compiled, name] = COMPILED_FILE.exec(command) ?? [];
        if (name === undefined || repository.has(sourceOf(name))) return [];
        const line = lineAt(packageJson, packageJson.indexOf(`"${script}":`));
        const message = `script "${script}" runs ${compiled}, but there is no ${sourceOf(name)}`;
        return [{ file: 'package.json', line, message }];
    });
}

function readScripts(repository: Repository): Record<string, string> {
    const { scripts = {} } = JSON.parse(repository.get('package.json') ?? '{}') as { scripts?: Record<string, string> };
    return scripts;
}
