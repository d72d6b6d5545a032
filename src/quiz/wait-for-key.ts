import { emitKeypressEvents } from 'node:readline';

import { LeftError } from './face.js';

/**
 * Waits for a key at a terminal.
 *
 * @throws LeftError on Ctrl-C.
 */
export async function waitForKey(input: NodeJS.ReadStream): Promise<void> {
    emitKeypressEvents(input);
    input.setRawMode(true);
    input.resume();
    try {
        await new Promise<void>((resolve, reject) => {
            input.once('keypress', (_, { ctrl, name }: { ctrl?: boolean; name?: string }) => {
                // In this mode the terminal sends no signal.
                if (ctrl && name === 'c') reject(new LeftError('Left at a verdict.'));
                else resolve();
            });
        });
    } finally {
        input.setRawMode(false);
        input.pause();
    }
}
