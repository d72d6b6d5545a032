import type { CellData } from '../replay/model/report-data.js';

/** What a proof tells while it goes on, in this order; `cell` once for each state, in any. */
export type ProofEvent =
    | { name: 'begun'; data: { title: string } }
    | { name: 'states'; data: readonly string[] }
    | { name: 'cell'; data: { place: number; opensAt: number; cell: CellData } }
    | { name: 'proven'; data: { isWell: boolean; sentence: string; notes: readonly string[] } }
    | { name: 'stopped'; data: null }
    | { name: 'failed'; data: string };

/** A proof as it is known so far. */
export interface ProofState {
    title: string;
    /** One for each state, once it is known which there are. */
    cells?: readonly CellData[];
    /** The moment at which a cell's run is opened, by the cell's place. */
    opensAt: readonly (number | undefined)[];
    done: number;
    result?: { isWell: boolean; sentence: string; notes: readonly string[] };
    isStopped: boolean;
    problem?: string;
}

export const NO_PROOF: ProofState = { title: '', opensAt: [], done: 0, isStopped: false };

/** What a proof is after one more event. */
export function withEvent(state: ProofState, event: ProofEvent): ProofState {
    switch (event.name) {
        case 'begun':
            return { ...state, title: event.data.title };
        case 'states':
            return { ...state, cells: event.data.map((label) => ({ label, outcome: 'not tried yet', sign: '_' })) };
        case 'cell': {
            const { place, opensAt, cell } = event.data;
            return {
                ...state,
                cells: state.cells!.with(place, { ...cell, run: place }),
                opensAt: Object.assign([...state.opensAt], { [place]: opensAt }),
                done: state.done + 1,
            };
        }
        case 'proven':
            return { ...state, result: event.data };
        case 'stopped':
            return { ...state, isStopped: true };
        case 'failed':
            return { ...state, problem: event.data };
        default:
            return event satisfies never;
    }
}
