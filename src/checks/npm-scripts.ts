import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const NAMED_COMMAND = /\bnpm (?:(?:run|run-script) (?:-\S+ )*([\w:.-]*\w)|(start|test)\b)/g;
const COMPILED_FILE = /\bnode (dist\/(\S+)\.js)\b/;

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
