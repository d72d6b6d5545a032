import { lint } from 'cspell';

import type { Problem, Repository } from './repository.js';

const CONFIGURATION = 'cspell.json';

/** The texts that a learner reads: Markdown, and the questions of the quiz. */
const isRead = (file: string): boolean => file.endsWith('.md') || /^quiz\/.*\.yaml$/.test(file);

/**
 * Words that no dictionary has, and that are not in the course's own list either. Offline: the dictionaries come with
 * cspell, `cspell.json` says which.
 *
 * @param root Folder of the repository, where the texts are read anew.
 */
export async function findMisspellings(root: string, repository: Repository): Promise<Problem[]> {
    const problems: Problem[] = [];
    const files = [...repository.keys()].filter(isRead);
    if (files.length === 0) return [];
    const result = await lint(
        [],
        {
            root,
            config: `${root}/${CONFIGURATION}`,
            file: files,
            mustFindFiles: false,
            progress: false,
            summary: false,
        },
        {
            issue: ({ uri, text, row }) => {
                const file = files.find((known) => decodeURI(uri ?? '').endsWith(`/${known}`)) ?? CONFIGURATION;
                problems.push({ file, line: row, message: `"${text}" is not spelt as any dictionary has it` });
            },
            // An error of cspell itself, such as a broken configuration.
            error: (message, error) => {
                throw new Error(`${message}: ${error.message}`);
            },
        },
    );
    if (result.files < files.length) {
        problems.push({ file: CONFIGURATION, line: 1, message: `leaves out ${files.length - result.files} texts` });
    }
    return problems;
}
