import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { judgeTrace } from '../trial/judge-trace.js';
import { markOf } from '../trial/mark.js';
import { recordProof } from './record-proof.js';
import {
    proofFile,
    proofRunsFile,
    PROOFS_DIR,
    readProofRuns,
    readRecordedProof,
    RECORDED_PROOFS,
} from './recorded-proofs.js';

it('each step has a recorded proof, and no other is kept', () => {
    const files = [...RECORDED_PROOFS.keys()].flatMap((name) => [proofFile(name), proofRunsFile(name)]);

    expect(readdirSync(PROOFS_DIR).sort()).toEqual(files.sort());
});

describe.each([...RECORDED_PROOFS.keys()])('the recorded %s', (name) => {
    const { cells, opensAt, result } = readRecordedProof(name);
    const runs = readProofRuns(name);

    it('has a run of each cell, which opens at its crash and ends as the cell says', () => {
        expect(runs).toHaveLength(cells.length);
        expect(runs.map(({ entries }, place) => entries[opensAt[place]!]!.type)).toEqual(cells.map(() => 'forked'));
        expect(runs.map((trace) => markOf(judgeTrace(trace).verdict))).toEqual(cells.map(({ outcome }) => outcome));
    });

    it('is well where all of its cells are', () => {
        expect(result.isWell).toBe(cells.every(({ isWell }) => isWell));
    });
});

describe('a step that is proven anew', () => {
    it.each([...RECORDED_PROOFS])('fares from its start to its end as %s shows', async (name, step) => {
        const { proof, runs } = await recordProof(step, new AbortController().signal);
        // Each outcome once in a row: on a slow machine a run has more states, since some saves come by the clock.
        const shown = ({ cells }: typeof proof) =>
            cells.map(({ outcome }) => outcome).filter((outcome, i, all) => outcome !== all[i - 1]);

        expect(shown(proof)).toEqual(shown(readRecordedProof(name)));
        expect(runs).toHaveLength(proof.cells.length);
    });
});
