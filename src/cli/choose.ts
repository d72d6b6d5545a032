import { isPlain } from '../base/terminal/plain.js';
import type { Face } from '../quiz/face.js';

/**
 * Has a person choose one of several at the terminal: with arrow keys, or by its number where nothing may be drawn over.
 *
 * @throws Error named ExitPromptError when they leave instead.
 */
export async function choose<T>(message: string, options: readonly { text: string; value: T }[]): Promise<T> {
    const face = await newFace();
    try {
        const asked = options.map(({ text }, value) => ({ text, value }));
        return options[(await face.ask({ type: 'pick', message, options: asked })) as number]!.value;
    } finally {
        face.close();
    }
}

/** What asks is loaded only where it is to. */
async function newFace(): Promise<Face> {
    if (isPlain()) return new (await import('../quiz/plain-face.js')).PlainFace(process.stdin, process.stdout);
    return new (await import('../quiz/terminal-face.js')).TerminalFace(process.stdout);
}
