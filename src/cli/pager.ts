import { spawn } from 'node:child_process';

import { isPlain } from '../base/terminal/plain.js';

/** Exit codes with which shells say that there is no such program, on Windows too. */
const NO_PROGRAM = new Set([126, 127, 9009]);

/**
 * Shows a text a page at a time, by what `PAGER` names or else by `less`; all at once when it fits on the screen, when
 * nobody sits at the terminal, or when there is no pager. Resolves when the reader has left.
 */
export async function page(text: string, output: NodeJS.WriteStream, env = process.env): Promise<void> {
    const fits = text.split('\n').length <= output.rows;
    if (!output.isTTY || !process.stdin.isTTY || isPlain(env) || env.PAGER === '' || fits) {
        output.write(text);
        return;
    }
    if (!(await pageBy(env.PAGER, text, env))) output.write(text);
}

/** Returns false when there is no such pager. */
async function pageBy(command: string | undefined, text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
    const stdio = ['pipe', 'inherit', 'inherit'] as const;
    // Colours shown as such, nothing cleared at the end; for a PAGER that is less as well, as Git does it.
    const withColours = { ...env, LESS: env.LESS ?? 'FRX' };
    const child =
        command === undefined
            ? spawn('less', ['-FRX'], { stdio: [...stdio] })
            : spawn(command, { stdio: [...stdio], shell: true, env: withColours });
    // Ctrl-C is the pager's own; whoever leaves early doesn't read the rest.
    const leaveAlone = (): void => {};
    process.on('SIGINT', leaveAlone);
    child.stdin.on('error', () => {});
    child.stdin.end(text);
    const wasThere = await new Promise<boolean>((resolve) => {
        child.once('error', () => resolve(false));
        child.once('close', (code) => resolve(!NO_PROGRAM.has(code ?? 0)));
    });
    process.off('SIGINT', leaveAlone);
    return wasThere;
}
