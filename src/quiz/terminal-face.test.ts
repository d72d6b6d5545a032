import { PassThrough } from 'node:stream';

import { screen } from '@inquirer/testing/vitest';
import { describe, expect, it } from 'vitest';

import type { Form } from './form.js';
import { TerminalFace } from './terminal-face.js';

const LONG = 'The third of these options is so long that it can not be shown in one line of sixty columns';
const OPTIONS = [
    { value: 7, text: 'Seven' },
    { value: 3, text: 'Three' },
    { value: 9, text: LONG },
];

const output = Object.assign(new PassThrough(), { columns: 60, rows: 30 });
const face = new TerminalFace(output as unknown as NodeJS.WriteStream);

/** Asks, presses keys, and gives what was filled in. */
async function fill(form: Form, ...keys: string[]): Promise<unknown> {
    const filled = face.ask(form);
    await screen.next();
    for (const key of keys) {
        if (key.startsWith('type ')) screen.type(key.slice(5));
        else screen.keypress(key);
    }
    return filled;
}

describe('the terminal face', () => {
    it.each<[string, Form, string[], unknown]>([
        ['the option under the cursor', { type: 'pick', message: 'Which?', options: OPTIONS }, ['down', 'enter'], 3],
        ['no option at all', { type: 'tick', message: 'Which?', options: OPTIONS }, ['enter'], []],
        [
            'ticked options',
            { type: 'tick', message: 'Which?', options: OPTIONS },
            ['space', 'down', 'down', 'space', 'enter'],
            [7, 9],
        ],
        [
            'a number with a fraction',
            { type: 'number', message: 'How many?', isWhole: false },
            ['type 2.5', 'enter'],
            2.5,
        ],
        ['free text', { type: 'text', message: 'Say it:' }, ['type some words', 'enter'], 'some words'],
        ['no text', { type: 'text', message: 'Say it:' }, ['enter'], ''],
    ])('takes %s', async (_, form, keys, filled) => {
        expect(await fill(form, ...keys)).toEqual(filled);
    });

    it('breaks long options between words, and shows of the picked one what fits', async () => {
        const filled = face.ask({ type: 'pick', message: 'Which?', options: OPTIONS });
        await screen.next();
        const lines = screen.getScreen().split('\n');
        screen.keypress('up');
        screen.keypress('enter');
        await filled;

        expect(lines).toContain('  The third of these options is so long that it can not');
        expect(lines).toContain('    be shown in one line of sixty columns');
    });

    it('insists on a number', async () => {
        const filled = face.ask({ type: 'number', message: 'How many?', isWhole: false });
        await screen.next();
        screen.keypress('enter');
        await expect.poll(() => screen.getScreen()).toContain('valid numeric value');
        screen.type('4');
        screen.keypress('enter');

        expect(await filled).toBe(4);
    });

    it('insists on a whole number where no other can be', async () => {
        const filled = face.ask({ type: 'number', message: 'How many?', isWhole: true });
        await screen.next();
        screen.type('3.5');
        screen.keypress('enter');
        await expect.poll(() => screen.getScreen()).toMatch(/multiple of 1|valid/);
        for (let n = 0; n < 3; n++) screen.keypress('backspace');
        screen.type('4');
        screen.keypress('enter');

        expect(await filled).toBe(4);
    });

    it.each([
        [12, 'Which? (16 choices, ↑↓ shows more)'],
        [40, 'Which? '],
    ])('in a window of %d lines says whether there is more: %s', async (rows, message) => {
        output.rows = rows;
        const options = Array.from({ length: 16 }, (_, value) => ({ value, text: `Option ${value}` }));
        const filled = face.ask({ type: 'pick', message: 'Which?', options });
        await screen.next();
        expect(`${screen.getScreen().split('\n')[0]} `).toContain(message);
        screen.keypress('enter');
        output.rows = 30;

        expect(await filled).toBe(0);
    });

    it('shows how far something is in one line, and takes that line back', () => {
        let shown = '';
        output.on('data', (data: Buffer) => (shown += data.toString()));
        face.tick('1 of 27 pages');
        face.tick('2 of 27 pages');
        face.show([]);

        expect(shown).toBe('\r\u001b[K1 of 27 pages\r\u001b[K2 of 27 pages\r\u001b[K');
    });

    it.each([
        ['a key, which goes on', 'x', undefined],
        ['Ctrl-C, which leaves', '\u0003', 'ExitPromptError'],
    ])('at a verdict takes %s, from the moment at which it asks for one', async (_, key, thrown) => {
        const said: string[] = [];
        const input = Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => said.push(`raw ${isRaw}`) });
        const asking = new PassThrough({
            transform(shown, _encoding, done) {
                if (!String(shown).includes('Any key goes on.')) return done();
                said.push('asked');
                input.write(key);
                done();
            },
        });
        const pause = new TerminalFace(asking as never, input as never).pause();

        expect(
            await pause.then(
                () => undefined,
                ({ name }: Error) => name,
            ),
        ).toBe(thrown);
        expect(said).toEqual(['raw true', 'asked', 'raw false']);
    });
});
