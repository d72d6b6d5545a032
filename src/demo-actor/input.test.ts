import { expect, test } from 'vitest';

import { isLoopback, parseInput } from './input.js';

test.each([null, undefined, {}])('%j means: the default keyword, the demo shop, all pages', (input) => {
    expect(parseInput(input)).toEqual({ keyword: 'phone', maxPages: Infinity });
});

test('input is tidied and kept', () => {
    const input = {
        keyword: '  desk lamp ',
        baseUrl: 'https://www.amazon.com/',
        maxPages: 3,
        proxyConfiguration: { useApifyProxy: true, apifyProxyCountry: 'US' },
        other: 'ignored',
    };
    expect(parseInput(input)).toEqual({
        keyword: 'desk lamp',
        baseUrl: 'https://www.amazon.com',
        maxPages: 3,
        proxyConfiguration: { useApifyProxy: true, apifyProxyCountry: 'US' },
    });
});

test.each([
    [{ keyword: '' }, "'keyword' must not be empty"],
    [{ keyword: 5 }, "'keyword' must be a text"],
    [{ baseUrl: 'www.amazon.com' }, "'baseUrl' must be an http or https address"],
    [{ baseUrl: 'ftp://www.amazon.com' }, "'baseUrl' must be"],
    [{ baseUrl: 'https://www.amazon.com/s?k=phone' }, "'baseUrl' must be"],
    [{ baseUrl: 'https://user:secret@www.amazon.com' }, "'baseUrl' must be"],
    [{ maxPages: 0 }, "'maxPages' must be 1 or more"],
    [{ maxPages: 1.5 }, "'maxPages' must be a whole number"],
    [{ maxPages: '3' }, "'maxPages' must be a number"],
    [{ proxyConfiguration: 'RESIDENTIAL' }, "'proxyConfiguration' must be an object"],
    ['phone', 'it must be a JSON object'],
])('%j is refused, saying what is wrong', (input, message) => {
    expect(() => parseInput(input)).toThrow(message);
});

test('all that is wrong is named at once', () => {
    expect(() => parseInput({ keyword: '', maxPages: 0 })).toThrow(/'keyword' .*; 'maxPages' /);
});

test.each([
    ['http://127.0.0.1:4322', true],
    ['http://127.9.9.9', true],
    ['http://localhost:80', true],
    ['http://[::1]:80', true],
    ['https://www.amazon.com', false],
    ['https://127.example.com', false],
    ['https://localhost.example.com', false],
])('%s: loopback is %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
});
