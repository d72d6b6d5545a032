import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { fileDiff } from './file-diff.js';
import type { Step } from './steps.js';

/** The files that make a step, in the order in which they are best read. */
export const STEP_FILES = ['main.ts', 'routes.ts', 'asin-tracker.ts'] as const;

/** What changes from one step to another, as a unified diff. Files that stay the same are left out. */
export async function stepDiff(from: Step, to: Step, context = 3): Promise<string> {
    const patches = await Promise.all(
        STEP_FILES.map(async (file) => {
            const [before, after] = await Promise.all([read(from, file), read(to, file)]);
            return fileDiff([`${from.folder}/${file}`, `${to.folder}/${file}`], before, after, context);
        }),
    );
    return patches.join('');
}

async function read({ folder }: Step, file: string): Promise<string> {
    const text = await readFile(join(projectRoot, 'solutions', folder, file), 'utf8');
    return text.replaceAll('\r\n', '\n');
}
