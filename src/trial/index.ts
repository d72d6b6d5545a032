export { type FindCounts, type JudgedTrace, judgeTrace, type LeftBehind } from './judge-trace.js';
export { runTrial, type TrialOptions, type TrialResult } from './trial.js';
export type { DatasetStatus, TrackerStatus, Verdict } from './verdict.js';
export { type Mark, MARKS, type Summary } from './mark.js';
export { NothingToProveError, type Proof, type ProofOptions, type ProofTrial, prove } from './prove.js';
export { proofHtml, repeatCommand, shareSvg, SIGNS, type StepProof } from './report.js';
