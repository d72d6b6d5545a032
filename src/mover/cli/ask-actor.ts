import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

import { StoppedError } from '../../base/terminal/command.js';
import { projectRoot } from '../../base/paths.js';
import { UsageError } from '../../base/usage-error.js';

const EXAMPLE = 'examples/basic-crawler';

/**
 * The folder of the Actor that is to be run: the one that is named, else the working directory. Where that is this
 * project itself, which is no Actor, a person is asked.
 *
 * @param named As on the command line; undefined when nothing is named.
 * @throws UsageError when nobody can be asked, or nothing is answered; StoppedError on Ctrl-C.
 */
export async function actorFolderNamed(named: string | undefined, cwd: string): Promise<string> {
    if (named !== undefined) return named;
    if (realpathSync(cwd) !== realpathSync(projectRoot)) return cwd;
    if (!process.stdin.isTTY || !process.stdout.isTTY) throw nameIt();
    return ask(`Which Actor? Its folder, such as ${EXAMPLE}: `);
}

async function ask(question: string): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // Without an answer, as after Ctrl-D, the question alone would wait for ever.
    const ended = new Promise<string>((resolve, reject) => {
        terminal.once('SIGINT', () => reject(new StoppedError('SIGINT')));
        terminal.once('close', () => resolve(''));
    });
    try {
        const answer = (await Promise.race([terminal.question(question), ended])).trim();
        if (answer === '') throw nameIt();
        return answer;
    } finally {
        terminal.close();
    }
}

function nameIt(): UsageError {
    return new UsageError(`Which Actor? Name its folder, such as npm run move -- ${EXAMPLE} --compare.`);
}
