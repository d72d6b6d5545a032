export { type Outcome, OUTCOMES, type Summary } from './outcome.js';
export type { Point } from './points.js';
export { NothingToProveError, type Proof, type ProofOptions, type ProofTrial, prove } from './prove.js';
export { proofHtml, repeatCommand, shareSvg, SIGNS, type StepProof } from './report.js';
