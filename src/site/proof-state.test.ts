import { describe, expect, it } from 'vitest';

import { NO_PROOF, type ProofEvent, withEvent } from './proof-state.js';

const after = (...events: ProofEvent[]) => events.reduce(withEvent, NO_PROOF);

const BEGUN: ProofEvent = { name: 'begun', data: { title: 'Step 4' } };
const STATES: ProofEvent = { name: 'states', data: ['state 1', 'state 2', 'state 3'] };

function cell(place: number, opensAt: number): ProofEvent {
    return {
        name: 'cell',
        data: { place, opensAt, cell: { label: `state ${place + 1}`, outcome: 'lost', sign: 'L', isWell: false } },
    };
}

describe('a proof as its events tell of it', () => {
    it('has a cell for each state before any is tried', () => {
        expect(after(BEGUN, STATES).cells).toEqual(
            ['state 1', 'state 2', 'state 3'].map((label) => ({ label, outcome: 'not tried yet', sign: '_' })),
        );
    });

    it('fills cells in the order in which they come, each in its place', () => {
        const state = after(BEGUN, STATES, cell(2, 40), cell(0, 7));

        expect(state.done).toBe(2);
        expect(state.cells!.map(({ sign, run }) => [sign, run])).toEqual([
            ['L', 0],
            ['_', undefined],
            ['L', 2],
        ]);
        expect([state.opensAt[0], state.opensAt[1], state.opensAt[2]]).toEqual([7, undefined, 40]);
    });

    it('keeps what came before it was stopped', () => {
        const state = after(BEGUN, STATES, cell(0, 7), { name: 'stopped', data: null });

        expect([state.isStopped, state.done, state.title]).toEqual([true, 1, 'Step 4']);
    });
});
