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
    it.each([...RECORDED_PROOFS])('has the states and outcomes that %s shows', async (name, step) => {
        const recorded = readRecordedProof(name);
        const { proof, runs } = await recordProof(step, new AbortController().signal);
        // What comes by the clock is counted with the calls: how many those are is not what matters.
        const shown = ({ cells }: typeof proof) =>
            cells.map(({ label, outcome }) => [label.replaceAll(/\d+/g, 'n'), outcome]);

        expect(shown(proof)).toEqual(shown(recorded));
        expect(runs).toHaveLength(recorded.cells.length);
    });
});
