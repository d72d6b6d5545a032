import { spawn } from 'node:child_process';

/** Programs that open a file as a double click does. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['explorer'],
};

/** Opens a file in the program that the person's system has for it; where that can't be, says so. */
export async function openFile(file: string): Promise<void> {
    const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
    await new Promise<void>((resolve) => {
        const child = spawn(program, [...args, file], { stdio: 'ignore', detached: true });
        child.once('error', () => {
            process.stdout.write('No browser could be opened: open it yourself.\n');
            resolve();
        });
        child.once('spawn', () => {
            child.unref();
            resolve();
        });
    });
}
