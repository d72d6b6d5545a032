import { expect, it } from 'vitest';

import { Seen } from '../seen.js';
import { deliveredMails } from './mailing.js';

/** What a trace tells in which mails arrive, each with its receiver and its key. */
function seenMails(mails: readonly [to: string, key?: string][]): Seen {
    const seen = new Seen();
    mails.forEach(([to, key], i) => {
        const url = new URL('http://127.0.0.1:1/mail');
        url.searchParams.set('to', to);
        if (key !== undefined) url.searchParams.set('key', key);
        seen.add({ type: 'page', at: i, page: `mail@${i + 1}`, kind: 'mail', url: url.href });
    });
    return seen;
}

it('of mails with the same key, only the first is delivered', () => {
    const seen = seenMails([['a', '1'], ['a', '1'], ['b', '2'], ['c'], ['c'], ['d', '1']]);

    expect(deliveredMails(seen)).toEqual([
        { to: 'a', key: '1' },
        { to: 'b', key: '2' },
        { to: 'c', key: undefined },
        { to: 'c', key: undefined },
    ]);
});
