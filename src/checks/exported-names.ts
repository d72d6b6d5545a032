import type { Module } from './modules.js';
import type { Problem } from './repository.js';

/** Names that several files of `src/` declare and export: each thing has one home, and each name means one thing. */
export function findRepeatedNames(modules: readonly Module[]): Problem[] {
    const homes = new Map<string, string>();
    const problems: Problem[] = [];
    for (const { file, exports } of modules.filter((module) => module.file.startsWith('src/'))) {
        for (const { name, line } of exports) {
            const home = homes.get(name) ?? file;
            homes.set(name, home);
            if (home !== file) problems.push({ file, line, message: `exports ${name}, which ${home} declares, too` });
        }
    }
    return problems;
}
