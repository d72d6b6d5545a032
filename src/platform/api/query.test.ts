import { describe, expect, test } from 'vitest';

import { Query } from './query.js';

const query = (text: string): Query => new Query(new URLSearchParams(text));

describe('query parameters', () => {
    test.each([
        ['a=1', true],
        ['a=true', true],
        ['a=TRUE', true],
        ['a=0', false],
        ['a=false', false],
        ['a=', undefined],
        ['', undefined],
    ])("the boolean in '%s' is %s", (text, value) => {
        expect(query(text).boolean('a')).toBe(value);
    });

    test.each(['a=2', 'a=yes', 'a=-1'])("'%s' is no boolean", (text) => {
        expect(() => query(text).boolean('a')).toThrow('must be a boolean');
    });

    test.each([
        ['a=0', 0],
        ['a=25', 25],
        ['a=26', 25],
        ['a=1e300', 25],
        ['a=', undefined],
    ])("the whole number in '%s', at most 25, is %s", (text, value) => {
        expect(query(text).integer('a', { max: 25 })).toBe(value);
    });

    test.each(['a=-1', 'a=1.5', 'a=x', 'a=NaN', 'a=Infinity'])("'%s' is no whole number of at least 0", (text) => {
        expect(() => query(text).integer('a')).toThrow('must be a whole number of at least 0');
    });

    test('a whole number may have to be larger', () => {
        expect(() => query('a=0').integer('a', { min: 1 })).toThrow('at least 1');
    });

    test.each([
        ['a=0.5', 0.5],
        ['a=1e300', 100],
    ])("the number in '%s', at most 100, is %s", (text, value) => {
        expect(query(text).number('a', { max: 100 })).toBe(value);
    });

    test.each(['a=-0.1', 'a=x', 'a=Infinity'])("'%s' is no number of at least 0", (text) => {
        expect(() => query(text).number('a')).toThrow('must be a number of at least 0');
    });

    test('a list is separated by commas', () => {
        expect(query('a=x, y').list('a')).toEqual(['x', 'y']);
        expect(query('').list('a')).toBeUndefined();
    });

    test('a time is an ISO time or date', () => {
        expect(query('a=2026-01-02T03:04:05.678Z').time('a')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
        expect(query('a=2026-01-02').time('a')).toBe(Date.UTC(2026, 0, 2));
        expect(query('a=').time('a')).toBeUndefined();
        for (const text of ['a=1', 'a=tomorrow', 'a=2026-99-99'])
            expect(() => query(text).time('a')).toThrow('ISO time');
    });

    test('of a parameter that stands twice the first counts', () => {
        expect(query('a=1&a=2').string('a')).toBe('1');
    });
});
