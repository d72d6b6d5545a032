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

    test('of a parameter that stands twice the first counts', () => {
        expect(query('a=1&a=2').string('a')).toBe('1');
    });
});
