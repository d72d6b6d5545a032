import xterm from '@xterm/headless';
import { beforeEach, describe, expect, it } from 'vitest';

import { Redrawn } from './redrawn.js';

let terminal: xterm.Terminal;
let output: NodeJS.WriteStream;

beforeEach(() => {
    terminal = new xterm.Terminal({ cols: 40, rows: 10, convertEol: true, allowProposedApi: true });
    output = {
        get columns() {
            return terminal.cols;
        },
        write: (text: string) => {
            terminal.write(text);
            return true;
        },
    } as NodeJS.WriteStream;
});

/** What is on the screen, once all is drawn that was sent to it. */
async function screen(): Promise<string[]> {
    await new Promise<void>((resolve) => terminal.write('', resolve));
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)!.translateToString(true));
    return lines.join('\n').trimEnd().split('\n');
}

describe('lines that are drawn over', () => {
    it('leave nothing behind, whether there are more or fewer', async () => {
        output.write('before\n');
        const redrawn = new Redrawn(output);
        redrawn.show(['one', 'two', 'three']);
        redrawn.show(['1']);
        redrawn.show(['\u001b[31mone\u001b[39m', 'two']);
        expect(await screen()).toEqual(['before', 'one', 'two']);

        redrawn.keep();
        output.write('after\n');
        expect(await screen()).toEqual(['before', 'one', 'two', 'after']);
    });

    it.each([30, 25])('leave nothing behind in a terminal that has become %d columns wide', async (columns) => {
        output.write('before\n');
        const redrawn = new Redrawn(output);
        redrawn.show([`\u001b[2m${'a'.repeat(39)}\u001b[22m`, 'b'.repeat(20)]);
        await screen();
        terminal.resize(columns, 10);
        await screen();

        redrawn.show(['c']);
        expect(await screen()).toEqual(['before', 'c']);
        redrawn.clear();
        expect(await screen()).toEqual(['before']);
    });
});
