import { shortPath } from '../base/short-path.js';
import { UsageError } from '../base/usage-error.js';
import { hasWorkspace, workspaceDir } from './workspace.js';

/**
 * The folder of the learner's Actor.
 *
 * @throws UsageError when it is not there yet.
 */
export function existingWorkspace(): string {
    const dir = workspaceDir();
    if (hasWorkspace(dir)) return dir;
    throw new UsageError(`There is no ${shortPath(dir)} yet: npm run exercise -- tracker makes it.`);
}
