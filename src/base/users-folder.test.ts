import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from 'vitest';

import { compiled, projectRoot } from './paths.js';

const users = realpathSync(tmpdir());
const SCRIPT = `
    import { enterUsersFolder } from '${pathToFileURL(compiled('src/base/users-folder.js')).href}';
    enterUsersFolder('move');
    console.log(process.cwd());
`;

function folderAfter(env: Readonly<Record<string, string>>): string {
    const args = ['--input-type=module', '-e', SCRIPT];
    return execFileSync(process.execPath, args, { cwd: projectRoot, env, encoding: 'utf8' }).trim();
}

const npm = { INIT_CWD: users, npm_lifecycle_event: 'move', npm_package_json: join(projectRoot, 'package.json') };

test('a script of this project goes on in the folder in which it was called', () => {
    expect(folderAfter(npm)).toBe(users);
});

test.each([
    ['another script', { ...npm, npm_lifecycle_event: 'test' }],
    ['a script of another project', { ...npm, npm_package_json: join(users, 'package.json') }],
    ['no script', { INIT_CWD: users }],
])('%s stays where it is', (_, env) => {
    expect(folderAfter(env)).toBe(realpathSync(projectRoot));
});
