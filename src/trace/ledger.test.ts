import { describe, expect, it } from 'vitest';

import { causesOf } from './cause.js';
import { lateRun, RunScript } from './fixtures/run-script.js';
import { type Balance, Ledger, type Reference } from './ledger.js';

const TRUTH = { B000000001: 2, B000000002: 3 };
const ALL = { B000000001: 2, B000000002: 3 };
const RIGHT: Balance = { offers: 0, rows: 0, offersTooMany: 0, rowsTooMany: 0 };

function ledgerOf({ trace }: RunScript, reference?: Reference): Ledger {
    const ledger = new Ledger({ bytesOf: (value) => trace.bytesOf(value), ...(reference && { reference }) });
    for (const [index, entry] of trace.entries.entries()) ledger.add(entry, index);
    return ledger;
}

/** A run that has handled one page of two offers and saved them. */
function saved(): RunScript {
    return new RunScript(TRUTH).boot().offers('B000000001', 2).wait(1_000).record('ASIN_OFFERS', { B000000001: 2 });
}

describe('what a run in the shop owes', () => {
    const once = (): RunScript => new RunScript(TRUTH).boot();

    it.each<[string, RunScript, Partial<Balance>, RegExp[]]>([
        ['nothing before a page is handled', once().lock('offers', 'B000000001').ask('offers', 'B000000001'), {}, []],
        [
            'what a handled page gave, until it is saved',
            once().offers('B000000001', 2),
            { offers: 2 },
            [/^Nothing was ever saved: 1 page/],
        ],
        ['nothing once it is saved', saved(), {}, []],
        [
            'rows that were not pushed',
            saved().offers('B000000002', 1).record('ASIN_OFFERS', ALL),
            { rows: 2 },
            [/lacks 2 rows/],
        ],
        [
            'what was handled after the last save',
            saved().offers('B000000002', 3).kill(),
            { offers: 3 },
            [/^Last save at 1\.0 s; this page was finished after it: B000000002\.$/],
        ],
        [
            'what a new process wrote over',
            saved().kill().boot().wait(500).record('ASIN_OFFERS', { B000000002: 0 }),
            { offers: 2 },
            [/^Process 2 wrote over what had been saved \(at 1\.5 s\)/],
        ],
        [
            'what a process held and never saved',
            saved().kill().boot().offers('B000000002', 3),
            { offers: 3 },
            [/^Process 2 saved nothing/],
        ],
    ])('is %s', (_, script, balance, causes) => {
        const ledger = ledgerOf(script);

        expect(ledger.balance).toEqual({ ...RIGHT, ...balance });
        expect(causesOf(ledger, 1_000_000)).toEqual(causes.map((cause) => expect.stringMatching(cause)));
    });

    it('is not all that can be wrong: offers can be counted, and rows be pushed, once too often', () => {
        const script = saved().push('B000000001', 1).record('ASIN_OFFERS', { B000000001: 4 });
        const ledger = ledgerOf(script);

        expect(ledger.balance).toEqual({ ...RIGHT, offersTooMany: 2, rowsTooMany: 1 });
        expect(ledger.twins).toMatchObject([{ row: 2, first: 0 }]);
        expect(causesOf(ledger, 0).join(' ')).toMatch(/Counted twice.*B000000001.*1 row is there twice/);
    });

    it('is found in a record whatever it is called and wherever the counts stand in it', () => {
        expect(ledgerOf(saved().record('STATE', { counts: ALL, offset: 5 })).saved).toMatchObject({
            key: 'STATE',
            counts: ALL,
        });
        expect(ledgerOf(saved().record('SDK_STATE', { B000000001: 0 })).saved).toMatchObject({
            counts: { B000000001: 2 },
        });
    });

    it('is no longer in memory when the process is gone', () => {
        const script = saved().line('\u001B[36mOffers {"B000000001":2}\u001B[39m');
        expect(ledgerOf(script).logged?.counts).toEqual({ B000000001: 2 });
        expect(ledgerOf(script.kill()).logged).toBeUndefined();
    });
});

describe('what a run of any Actor owes', () => {
    const undisturbed: Reference = { rows: [{ n: 1 }, { n: 2, at: 'monday' }, { n: 2, at: 'friday' }], ignore: ['at'] };
    const rows = (...items: Record<string, unknown>[]): RunScript =>
        new RunScript().boot().add({ type: 'items.pushed', at: 0, id: 'rows', items });

    it.each([
        ['rows of the undisturbed run', rows({ n: 1 }), { rows: 2 }],
        [
            'nothing when all are there, in any order and with any time',
            rows({ n: 2 }, { at: 'now', n: 2 }, { n: 1 }),
            {},
        ],
        [
            'not what is there once more than undisturbed',
            rows({ n: 1 }, { n: 1 }, { n: 2 }, { n: 2 }),
            { rowsTooMany: 1 },
        ],
    ])('is %s', (_, script, balance) => {
        expect(ledgerOf(script, undisturbed).balance).toEqual({ ...RIGHT, ...balance });
    });

    it('is unknown without an undisturbed run', () => {
        expect(ledgerOf(rows({ n: 1 })).hasTruth).toBe(false);
    });
});

it('the late run of the fixtures owes its last page', () => {
    expect(ledgerOf(lateRun()).owedPages.map(({ asin }) => asin)).toEqual(['B000000002']);
});
