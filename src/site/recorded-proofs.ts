import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { projectRoot } from '../base/paths.js';
import { BETWEEN_TRACES, importTrace } from '../trace/import-trace.js';
import type { Trace } from '../trace/trace.js';
import { STEPS } from '../trial/steps.js';
import type { ProofState } from './proof-state.js';

/** Where the recorded proofs lie, two files each: the map, and the runs of its cells. */
export const PROOFS_DIR = join(projectRoot, 'solutions', 'proofs');

/** Products of the shop in which the steps were proven. */
export const RECORDED_PRODUCTS = 1;

/** A proof that was recorded: what is known when it is over. */
export type RecordedProof = Pick<ProofState, 'title' | 'opensAt'> & Required<Pick<ProofState, 'cells' | 'result'>>;

/** Steps whose proofs are recorded, by the names of their recordings. */
export const RECORDED_PROOFS: ReadonlyMap<string, (typeof STEPS)[number]> = new Map(
    STEPS.map((step) => [`proof-${step.number}`, step]),
);

export function proofFile(name: string): string {
    return `${name}.json`;
}

/** The runs of a proof's cells, in their order. */
export function proofRunsFile(name: string): string {
    return `${name}.jsonl.gz`;
}

/** @throws Error when there is none of that name. */
export function readRecordedProof(name: string): RecordedProof {
    return JSON.parse(readFileSync(join(PROOFS_DIR, proofFile(name)), 'utf8')) as RecordedProof;
}

/** @throws Error when there is none of that name. */
export function readProofRuns(name: string): Trace[] {
    const text = gunzipSync(readFileSync(join(PROOFS_DIR, proofRunsFile(name)))).toString();
    return text.split(BETWEEN_TRACES).map(importTrace);
}
