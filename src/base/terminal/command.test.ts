import { describe, expect, it } from 'vitest';

import { UsageError } from '../usage-error.js';
import { exitCodeOf, numberOption, parse } from './command.js';

const OPTIONS = { seed: { type: 'string' }, json: { type: 'boolean' } } as const;

describe('parse', () => {
    it('reads options and what a command takes besides', () => {
        const { values, positionals } = parse(['2', '--seed', '7', '--json'], OPTIONS, 'step');

        expect({ ...values }).toEqual({ seed: '7', json: true });
        expect(positionals).toEqual(['2']);
    });

    it('takes a negative number for the value that it is, and --plain for every command', () => {
        const { values, positionals } = parse(['--seed', '-1', '--plain', '--', '-3'], OPTIONS, 'step');

        expect(values).toMatchObject({ seed: '-1', plain: true });
        expect(positionals).toEqual(['-3']);
    });

    it.each<[string, string[], string | undefined, RegExp]>([
        [
            'an option that is not there',
            ['--sed', '7'],
            'step',
            /^Unknown option '--sed'\. Options are --seed, --json, --plain, --help\.$/,
        ],
        ['an option without its value', ['--seed'], 'step', /^Option '--seed <value>' argument missing\. Options are /],
        [
            'a value that looks like an option',
            ['--seed', '--json'],
            'step',
            /^Option '--seed' argument is ambiguous\. Opt/,
        ],
        [
            'a value for an option that takes none',
            ['--json=yes'],
            'step',
            /^Option '--json' does not take an argument\. Opt/,
        ],
        ['a number that is too small', ['--seed', '-1', '--sed'], 'step', /^Unknown option '--sed'/],
        ['more than one step', ['1', '2'], 'step', /^One step at a time, not '1 2'\.$/],
        ['anything where only options are taken', ['now'], undefined, /^Nothing but options is taken, not 'now'\.$/],
    ])('refuses %s in one line', (_, argv, positional, message) => {
        expect(() => parse(argv, OPTIONS, positional)).toThrow(UsageError);
        expect(() => parse(argv, OPTIONS, positional)).toThrow(message);
    });
});

describe('numberOption', () => {
    const range = { min: 0, max: 100 };

    it.each([
        ['0', 0],
        ['100', 100],
        [' 5 ', 5],
        ['1e2', 100],
    ])('reads %j', (text, number) => {
        expect(numberOption('times', text, range)).toBe(number);
    });

    it('takes a fraction where the option does', () => {
        expect(numberOption('grace', '2.5', { ...range, whole: false })).toBe(2.5);
    });

    it('knows nothing of an option that was not given', () => {
        expect(numberOption('times', undefined, range)).toBeUndefined();
    });

    it.each(['', ' ', 'many', '2.5', '-1', '101', 'NaN', 'Infinity', '0x10', '0b1'])(
        'refuses %j and names the range',
        (text) => {
            expect(() => numberOption('times', text, range)).toThrow(
                new UsageError(`--times takes a whole number from 0 to 100, not '${text}'.`),
            );
        },
    );

    it.each(['NaN', 'Infinity'])('refuses %j where fractions are taken', (text) => {
        expect(() => numberOption('grace', text, { ...range, whole: false })).toThrow(/takes a number from 0 to 100/);
    });
});

it('the exit code of a command that a signal has stopped is the one that a shell gives', () => {
    expect([exitCodeOf('SIGINT'), exitCodeOf('SIGTERM')]).toEqual([130, 143]);
});
