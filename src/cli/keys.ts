import { emitKeypressEvents } from 'node:readline';

import chalk from 'chalk';

interface Pressed {
    name?: string;
    ctrl?: boolean;
}

/** Single keys, where there is a terminal to press them at. */
export class Keys {
    #listener: ((text: string | undefined, pressed: Pressed) => void) | undefined;

    constructor(private readonly input: NodeJS.ReadStream = process.stdin) {}

    on(press: (key: string) => void): void {
        if (!this.input.isTTY) return;
        this.#listener = (_, { name, ctrl }) => {
            // In this mode the terminal sends no signal; and Windows has none that a process could send itself.
            if (ctrl && name === 'c') process.emit('SIGINT', 'SIGINT');
            else if (name !== undefined && !ctrl) press(name);
        };
        emitKeypressEvents(this.input);
        this.input.setRawMode(true);
        this.input.on('keypress', this.#listener);
        this.input.resume();
    }

    off(): void {
        if (!this.#listener) return;
        this.input.off('keypress', this.#listener);
        this.input.setRawMode(false);
        this.input.pause();
    }
}

/** A key as a footer names it. */
export function keyName(letter: string): string {
    return chalk.cyan.bold(`[${letter}]`);
}
