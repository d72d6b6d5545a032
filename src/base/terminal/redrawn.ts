import { stripVTControlCharacters } from 'node:util';

/** Takes away all from the cursor's line on. */
const CLEAR_DOWN = '\u001b[J';

/** The last lines of a terminal, which are written over until they are final. */
export class Redrawn {
    #lines: readonly string[] = [];

    constructor(private readonly output: NodeJS.WriteStream) {}

    /** Draws lines in the place of those that it drew before. */
    show(lines: readonly string[]): void {
        this.output.write(`${this.#toStart()}${lines.join('\n')}`);
        this.#lines = lines;
    }

    /** Takes away what it drew. */
    clear(): void {
        if (this.#lines.length > 0) this.output.write(this.#toStart());
        this.#lines = [];
    }

    /** Has what it drew stay, and what comes begin below it. */
    keep(): void {
        if (this.#lines.length > 0) this.output.write('\n');
        this.#lines = [];
    }

    /**
     * To the first column of the first line. A terminal that has become narrower since has broken lines that were one
     * before, so it is reckoned with the width of now.
     */
    #toStart(): string {
        if (this.#lines.length === 0) return '';
        const columns = Math.max(1, this.output.columns);
        const rows = this.#lines.reduce((sum, line) => {
            return sum + Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));
        }, 0);
        return `\u001b[1G${rows > 1 ? `\u001b[${rows - 1}A` : ''}${CLEAR_DOWN}`;
    }
}
