import { describe, expect, it } from 'vitest';

import { RunScript } from './fixtures/run-script.js';
import { RequestSpans } from './request-spans.js';

function spansOf({ entries }: RunScript): RequestSpans {
    const spans = new RequestSpans();
    for (const [index, entry] of entries.entries()) spans.add(entry, index);
    return spans;
}

/** What became of each request, in the order in which processes had them. */
function fates({ all }: RequestSpans): string[] {
    return all.map(({ requestId, incarnation, flightFrom, end, isAgain }) =>
        [
            incarnation,
            requestId,
            flightFrom === undefined ? 'locked' : 'in flight',
            end ?? 'open',
            isAgain ? 'again' : '',
        ]
            .join(' ')
            .trim(),
    );
}

describe('the requests of a run', () => {
    it('are locked before they are in flight, and in flight from the moment that their page is asked for', () => {
        const spans = spansOf(new RunScript({ A: 1, B: 1 }).boot().lock('offers', 'A', 'B').ask('offers', 'B'));

        expect(fates(spans)).toEqual(['1 offers-A locked open', '1 offers-B in flight open']);
        expect([...spans.inFlight].map(({ page }) => page)).toEqual(['offers@1']);
        expect(spans.lockedCount).toBe(1);
    });

    it('are cut off by a kill, and come back in the next process as fetched again', () => {
        const script = new RunScript({ A: 1, B: 1 }).boot().lock('offers', 'A', 'B').ask('offers', 'A').kill();
        const spans = spansOf(
            script.boot().lock('offers', 'A', 'B').ask('offers', 'A').ask('offers', 'B').handle('offers', 'A'),
        );

        expect(fates(spans)).toEqual([
            '1 offers-A in flight cut',
            '1 offers-B locked cut',
            '2 offers-A in flight handled again',
            '2 offers-B in flight open',
        ]);
    });

    it('that are given back or taken out of the queue are in flight no more', () => {
        const script = new RunScript({ A: 1 }).boot().lock('offers', 'A').ask('offers', 'A');
        const spans = spansOf(script.add({ type: 'requests.unlocked', at: 0, id: 'queue', requestIds: ['offers-A'] }));

        expect(fates(spans)).toEqual(['1 offers-A in flight returned']);
        expect(spans.inFlight.size).toBe(0);
    });

    it('are in flight from the moment that the Actor reads them, where no shop tells', () => {
        const read = ['requestQueue_request_get', { requestId: 'offers-A' }] as const;
        const spans = spansOf(
            new RunScript()
                .boot()
                .lock('offers', 'A', 'B')
                .call(...read),
        );

        expect(fates(spans)).toEqual(['1 offers-A in flight open', '1 offers-B locked open']);
        expect(
            fates(
                spansOf(
                    new RunScript({ A: 1 })
                        .boot()
                        .lock('offers', 'A')
                        .call(...read),
                ),
            ),
        ).toEqual(['1 offers-A locked open']);
    });
});
