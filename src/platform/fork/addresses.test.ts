import { describe, expect, it } from 'vitest';

import { Addresses } from './addresses.js';

const addresses = new Addresses(
    new Map([
        ['http://127.0.0.1:4001', 'http://127.0.0.1:5123'],
        ['http://127.0.0.1:400', 'http://127.0.0.1:61'],
    ]),
);

describe('addresses', () => {
    it.each([
        ['http://127.0.0.1:4001/dp/B0?x=1', 'http://127.0.0.1:5123/dp/B0?x=1'],
        ['ws://127.0.0.1:4001/events', 'ws://127.0.0.1:5123/events'],
        ['HTTP://127.0.0.1:400 and 127.0.0.1:4001', 'HTTP://127.0.0.1:61 and 127.0.0.1:5123'],
        ['?next=http%3A%2F%2F127.0.0.1%3A4001%2Fdp', '?next=http%3A%2F%2F127.0.0.1%3A5123%2Fdp'],
        // Ports that only begin alike, and what is no address of ours.
        ['http://127.0.0.1:40019/', 'http://127.0.0.1:40019/'],
        ['http://127x0.0.1:4001/', 'http://127x0.0.1:4001/'],
    ])('in %s become those of here', (text, expected) => {
        expect(addresses.inText(text)).toBe(expected);
    });

    it('are found in all that is nested, names of fields included', () => {
        const value = { rows: [{ url: 'http://127.0.0.1:4001/a', n: 1, none: null }], 'http://127.0.0.1:4001': true };

        expect(addresses.in(value)).toEqual({
            rows: [{ url: 'http://127.0.0.1:5123/a', n: 1, none: null }],
            'http://127.0.0.1:5123': true,
        });
    });

    it('are found in bytes of any kind, and other bytes stay the same object', () => {
        const binary = Buffer.from([0xff, 0x00, ...Buffer.from('http://127.0.0.1:4001/ü'), 0xfe]);
        const expected = Buffer.from([0xff, 0x00, ...Buffer.from('http://127.0.0.1:5123/ü'), 0xfe]);
        const other = Buffer.from([1, 2, 3]);

        expect(Buffer.from(addresses.inBytes(binary)).equals(expected)).toBe(true);
        expect(addresses.inBytes(other)).toBe(other);
    });

    it('that nobody moved stay', () => {
        expect(new Addresses(new Map()).inText('http://127.0.0.1:4001')).toBe('http://127.0.0.1:4001');
    });
});
