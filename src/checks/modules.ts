import { parseSync, Visitor } from 'rolldown/utils';

import { lineAt, type Repository } from './repository.js';

/** A module, as far as others have to do with it. Lines count from 1. */
export interface Module {
    file: string;
    /** What it declares itself and exports. */
    exports: { name: string; line: number }[];
    /** What it imports or exports on, be it types only or when needed: `../base/paths.js`, `node:fs`, `chalk`. */
    imports: { from: string; line: number }[];
}

/** The TypeScript modules of a repository, without tests and what only tests use. */
export function modulesOf(repository: Repository): Module[] {
    return [...repository].flatMap(([file, text]) => {
        const isModule = /(?<!\.test)\.tsx?$/.test(file) && !file.includes('/fixtures/');
        return isModule && text !== null ? [readModule(file, text)] : [];
    });
}

/**
 * @throws Error when the text can't be parsed.
 */
export function readModule(file: string, text: string): Module {
    const { program, module, errors } = parseSync(file, text);
    if (errors[0]) throw new Error(`${file} can't be parsed: ${errors[0].message}`);
    const { staticImports, staticExports, dynamicImports } = module;
    const exported = staticExports.flatMap(({ entries }) => entries);
    const imported = new Set(staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value)));
    const ofTypes: { value: string; start: number }[] = [];
    const visitor = new Visitor({
        TSImportType: ({ source }) => {
            ofTypes.push(source);
        },
    });
    visitor.visit(program);
    const requests = [
        ...ofTypes,
        ...staticImports.map(({ moduleRequest }) => moduleRequest),
        ...exported.flatMap(({ moduleRequest }) => moduleRequest ?? []),
        // Of these only the place is known: what is asked for may be any expression.
        ...dynamicImports
            .map(({ moduleRequest: { start, end } }) => ({ start, value: text.slice(start + 1, end - 1) }))
            // What is computed is a person's own file.
            .filter(({ start }) => /['"`]/.test(text.charAt(start))),
    ];
    return {
        file,
        exports: exported.flatMap(({ moduleRequest, exportName, localName, start }) => {
            const isOwn = moduleRequest === null && !imported.has(localName.name ?? '');
            return isOwn && exportName.name !== null ? [{ name: exportName.name, line: lineAt(text, start) }] : [];
        }),
        imports: requests.map(({ value, start }) => ({ from: value, line: lineAt(text, start) })),
    };
}
