import { createInterface, type Interface } from 'node:readline';

import type { Block } from './block.js';
import { type Face, LeftError } from './face.js';
import type { Filled, Form, Option } from './form.js';
import { render, wrapProse } from './render.js';

/**
 * The quiz with numbered choices and typed answers, which never draws over anything: for screen readers and for
 * terminals that can't move their cursor.
 */
export class PlainFace implements Face {
    readonly #lines: Interface;
    readonly #typed: string[] = [];
    #waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
    /** Ctrl-C was pressed, or the input has ended. */
    #isLeft = false;
    #ticked = '';

    constructor(
        input: NodeJS.ReadableStream,
        private readonly output: NodeJS.WritableStream & { columns?: number },
    ) {
        // The terminal's own line editing is what a screen reader knows.
        this.#lines = createInterface({ input, terminal: false });
        this.#lines.on('line', (line) => {
            if (this.#waiting) this.#waiting.resolve(line);
            else this.#typed.push(line);
        });
        this.#lines.on('close', this.#leave);
    }

    show(blocks: readonly Block[]): void {
        this.output.write(render(blocks, { width: this.#width, words: true }));
    }

    async ask(form: Form): Promise<Filled> {
        // Before anything of the question is shown: who sees it may press Ctrl-C at once.
        process.once('SIGINT', this.#leave);
        try {
            this.#say(form.message);
            if (form.type === 'pick' || form.type === 'tick') {
                form.options.forEach(({ text }, at) => this.#say(`${at + 1}. ${text}`));
            }
            const how = howTo(form);
            for (;;) {
                if (how !== '') this.#say(how);
                this.output.write('> ');
                const filled = read(form, (await this.#line()).trim());
                if (filled !== undefined) return filled;
                this.#say('That was not understood.');
            }
        } finally {
            process.off('SIGINT', this.#leave);
        }
    }

    /** What was shown stays: nobody need be held up. */
    async pause(): Promise<void> {}

    /** Says only that something has begun: a line for each tick would be read out. */
    tick(text: string): void {
        if (this.#ticked === '') this.#say(text);
        this.#ticked = text;
    }

    close(): void {
        this.#lines.close();
    }

    #say(text: string): void {
        this.output.write(`${wrapProse(text, this.#width)}\n`);
    }

    async #line(): Promise<string> {
        this.#ticked = '';
        const typed = this.#typed.shift();
        if (typed !== undefined) return typed;
        if (this.#isLeft) {
            // The line on which the answer was to be typed has not ended.
            this.output.write('\n');
            throw new LeftError('Left at a question.');
        }
        try {
            return await new Promise<string>((resolve, reject) => {
                this.#waiting = { resolve, reject };
            });
        } finally {
            this.#waiting = undefined;
        }
    }

    readonly #leave = (): void => {
        this.#isLeft = true;
        if (!this.#waiting) return;
        this.output.write('\n');
        this.#waiting.reject(new LeftError('Left at a question.'));
    };

    get #width(): number {
        return this.output.columns || 80;
    }
}

function howTo(form: Form): string {
    switch (form.type) {
        case 'text':
            return '';
        case 'number':
            return form.isWhole ? 'Type a whole number.' : 'Type a number.';
        case 'pick':
            return `Type one number from 1 to ${form.options.length}.`;
        case 'tick':
            return `Type numbers from 1 to ${form.options.length} with spaces between, or just Enter for none.`;
    }
}

/** What a typed line says; undefined when it is no answer. */
function read(form: Form, line: string): Filled | undefined {
    switch (form.type) {
        case 'text':
            return line;
        case 'number': {
            const number = Number(line);
            const isOne = line !== '' && Number.isFinite(number);
            return isOne && (!form.isWhole || (Number.isInteger(number) && number >= 0)) ? number : undefined;
        }
        case 'pick':
            return valueOf(form.options, line);
        case 'tick': {
            const values = line.split(/[\s,]+/).flatMap((part) => (part === '' ? [] : [valueOf(form.options, part)]));
            return values.includes(undefined) ? undefined : [...new Set(values as number[])];
        }
    }
}

function valueOf(options: readonly Option[], typed: string): number | undefined {
    return /^\d+$/.test(typed) ? options[Number(typed) - 1]?.value : undefined;
}
