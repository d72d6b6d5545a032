import chalk from 'chalk';
import inquirer from 'inquirer';

import type { Block } from './block.js';
import type { Face } from './face.js';
import type { Filled, Form, Option } from './form.js';
import { render, wrapProse } from './render.js';
import { waitForKey } from './wait-for-key.js';

/** Lines of a prompt around its choices: the message above, the keys below, and air. */
const LINES_AROUND = 6;

/** Below a verdict. */
const GO_ON = 'Any key goes on.';

/** Columns before each choice: the cursor, and the box where there is one. */
const BEFORE_CHOICE = 4;

/** An answer that was given is not yet a right one, so no tick stands before it. */
function theme(): object {
    return { prefix: { idle: chalk.blue('?'), done: chalk.dim('›') } };
}

/** Ticked choices are told right after in full, so while the prompt goes their number is enough. */
const COUNTED = {
    style: {
        renderSelectedChoices: (ticked: readonly unknown[], all: readonly unknown[]) =>
            `${ticked.length} of ${all.length}`,
    },
};

/** The quiz with arrow keys, in a terminal that can be drawn over. */
export class TerminalFace implements Face {
    #isTicking = false;

    constructor(
        private readonly output: NodeJS.WriteStream,
        private readonly input: NodeJS.ReadStream = process.stdin,
    ) {}

    show(blocks: readonly Block[]): void {
        this.#endTick();
        this.output.write(render(blocks, { width: this.#width, words: false }));
    }

    async ask(form: Form): Promise<Filled> {
        this.#endTick();
        const { filled } = (await inquirer.prompt([this.#question(form) as never])) as { filled: Filled };
        return filled;
    }

    async pause(): Promise<void> {
        // Listens before it says so: a Ctrl-C in between would end the process without a word.
        const pressed = waitForKey(this.input);
        this.tick(chalk.dim(GO_ON));
        try {
            await pressed;
        } finally {
            this.#endTick();
        }
    }

    tick(text: string): void {
        this.#isTicking = true;
        this.output.write(`\r\u001b[K${text.slice(0, this.#width - 1)}`);
    }

    close(): void {
        this.#endTick();
    }

    #endTick(): void {
        if (this.#isTicking) this.output.write('\r\u001b[K');
        this.#isTicking = false;
    }

    #question(form: Form): object {
        const message = this.#messageOf(form);
        switch (form.type) {
            case 'text':
                return { type: 'input', name: 'filled', message, theme: theme() };
            case 'number':
                return {
                    type: 'number',
                    name: 'filled',
                    message,
                    required: true,
                    ...(form.isWhole ? { step: 1, min: 0 } : { step: 'any' }),
                    theme: theme(),
                };
            case 'pick':
                return { type: 'select', name: 'filled', message, ...this.#choices(form), theme: theme() };
            case 'tick':
                return {
                    type: 'checkbox',
                    name: 'filled',
                    message,
                    ...this.#choices(form),
                    theme: { ...theme(), ...COUNTED },
                };
        }
    }

    /** Where not all choices fit into the window, nothing else would say so. */
    #messageOf(form: Form): string {
        if (form.type !== 'pick' && form.type !== 'tick') return form.message;
        const lines = this.#choices(form).choices.reduce((sum, { name }) => sum + name.split('\n').length, 0);
        return lines > this.#pageSize
            ? `${form.message} (${form.options.length} choices, ↑↓ shows more)`
            : form.message;
    }

    get #pageSize(): number {
        return Math.max(5, (this.output.rows || 24) - LINES_AROUND);
    }

    /** Inquirer breaks lines anywhere, so they are broken on words before. */
    #choices({ message, options }: { message: string; options: readonly Option[] }): {
        choices: { value: number; name: string; short: string }[];
        loop: boolean;
        pageSize: number;
    } {
        const indent = ' '.repeat(BEFORE_CHOICE);
        const room = Math.max(10, this.#width - message.length - BEFORE_CHOICE);
        const choices = options.map(({ value, text }) => {
            const lines = wrapProse(text, this.#width - BEFORE_CHOICE - 1).split('\n');
            return { value, name: lines.join(`\n${indent}`), short: shorten(text, room) };
        });
        return { choices, loop: false, pageSize: this.#pageSize };
    }

    get #width(): number {
        return this.output.columns || 80;
    }
}

function shorten(text: string, columns: number): string {
    const line = text.replace(/\s+/g, ' ');
    return line.length <= columns ? line : `${line.slice(0, columns - 2).replace(/ \S*$/, '')} …`;
}
