import { PassThrough } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LeftError } from './face.js';
import type { Form } from './form.js';
import { PlainFace } from './plain-face.js';

const OPTIONS = [
    { value: 7, text: 'Seven' },
    { value: 3, text: 'Three' },
    { value: -1, text: '(start this one over)' },
];
const PICK: Form = { type: 'pick', message: 'Your choice:', options: OPTIONS };
const TICK: Form = { type: 'tick', message: 'Select all that apply:', options: OPTIONS };
const NUMBER: Form = { type: 'number', message: 'A number (seconds):', isWhole: false };
const WHOLE: Form = { type: 'number', message: 'A number (calls):', isWhole: true };
const TEXT: Form = { type: 'text', message: 'Your answer:' };

let input: PassThrough;
let shown: string;
let face: PlainFace;

beforeEach(() => {
    input = new PassThrough();
    shown = '';
    const output = new PassThrough().on('data', (data: Buffer) => (shown += data.toString()));
    face = new PlainFace(input, output);
});

afterEach(() => face.close());

describe('the plain face', () => {
    it.each<[string, Form, string, unknown]>([
        ['the option with a typed number', PICK, '2\n', 3],
        ['no option at all', TICK, '\n', []],
        ['several options, parted by spaces or commas', TICK, ' 1, 2\n', [7, 3]],
        ['an option ticked twice, once', TICK, '2 2\n', [3]],
        ['a number', NUMBER, '2.5\n', 2.5],
        ['a number below zero', NUMBER, '-3\n', -3],
        ['a whole number', WHOLE, '3\n', 3],
        ['free text', TEXT, '  in a few words \n', 'in a few words'],
        ['no text', TEXT, '\n', ''],
        ['the end of a line as Windows writes it', PICK, '1\r\n', 7],
    ])('takes %s', async (_, form, typed, filled) => {
        input.write(typed);

        expect(await face.ask(form)).toEqual(filled);
    });

    it.each<[string, Form, string]>([
        ['no number', PICK, 'two'],
        ['a number that no option has', PICK, '4'],
        ['zero', PICK, '0'],
        ['nothing, where one must be picked', PICK, ''],
        ['two, where one is picked', PICK, '1 2'],
        ['one of several that no option has', TICK, '1 9'],
        ['a word for a number', NUMBER, 'ten'],
        ['nothing for a number', NUMBER, ''],
        ['no finite number', NUMBER, 'Infinity'],
        ['a fraction for a whole number', WHOLE, '3.5'],
        ['less than nothing', WHOLE, '-1'],
    ])('asks again after %s, and says what it takes', async (_, form, typed) => {
        input.write(`${typed}\n1\n`);

        await face.ask(form);

        expect(shown).toContain('That was not understood.\nType ');
    });

    it('numbers the options and never draws over anything', async () => {
        input.write('1\n');
        await face.ask(PICK);

        expect(shown).toBe(
            'Your choice:\n1. Seven\n2. Three\n3. (start this one over)\nType one number from 1 to 3.\n> ',
        );
    });

    it('takes lines that were typed ahead in their order', async () => {
        input.write('one\n2\n');

        expect([await face.ask(TEXT), await face.ask(PICK)]).toEqual(['one', 3]);
    });

    it('says once that something takes its time', () => {
        face.tick('Running: 1 of 27 pages');
        face.tick('Running: 2 of 27 pages');

        expect(shown).toBe('Running: 1 of 27 pages\n');
    });

    it('leaves when the input ends, before a question or at it', async () => {
        const asked = face.ask(PICK);
        input.end();

        await expect(asked).rejects.toThrow(LeftError);
        await expect(face.ask(PICK)).rejects.toThrow(LeftError);
    });

    it('takes a last line without its end', async () => {
        const asked = face.ask(PICK);
        input.end('2');

        expect(await asked).toBe(3);
    });

    it('leaves at Ctrl-C, and then leaves Ctrl-C to others', async () => {
        const before = process.listenerCount('SIGINT');
        const asked = face.ask(PICK);
        process.emit('SIGINT');

        await expect(asked).rejects.toMatchObject({ name: 'ExitPromptError' });
        expect(process.listenerCount('SIGINT')).toBe(before);
    });
    it.each(['Your choice:', '> '])('leaves at a Ctrl-C that comes as soon as "%s" is shown', async (part) => {
        const output = new PassThrough().on('data', (data: Buffer) => {
            if (data.toString().startsWith(part)) process.emit('SIGINT');
        });

        await expect(new PlainFace(input, output).ask(PICK)).rejects.toThrow(LeftError);
    });
});
