import type { Block } from './block.js';
import type { Filled, Form } from './form.js';

/** What shows the quiz and asks: a terminal, or anything else that can do these things. */
export interface Face {
    show(blocks: readonly Block[]): void;
    /**
     * Asks until the form is filled in.
     *
     * @throws LeftError, or inquirer's own error of that name, when the learner leaves.
     */
    ask(form: Form): Promise<Filled>;
    /** Waits until what was shown is read, where the next thing would push it out of sight. */
    pause(): Promise<void>;
    /** Says how far something is that takes its time. */
    tick(text: string): void;
    /** Ends what `tick` has begun, and gives the terminal back. */
    close(): void;
}

/** The learner pressed Ctrl-C, or the input has ended. */
export class LeftError extends Error {
    /** As inquirer calls its own. */
    override name = 'ExitPromptError';
}
