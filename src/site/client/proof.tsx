/** Fills the map of a proof while it goes on, and opens the run of a cell, recorded or live. */
import { hydrate } from 'preact';

import type { LiveProofProperties } from '../pages/proof.js';
import type { RecordedMapProperties } from '../pages/recorded-map.js';
import { LiveProof } from './proof-live.js';
import { RecordedProofs } from './recorded-proofs.js';

const live = document.querySelector<HTMLElement>('[data-proof]');
if (live) hydrate(<LiveProof {...(JSON.parse(live.dataset.proof!) as LiveProofProperties)} />, live);
const recorded = document.querySelector<HTMLElement>('[data-recorded]');
if (recorded) {
    hydrate(<RecordedProofs {...(JSON.parse(recorded.dataset.recorded!) as RecordedMapProperties)} />, recorded);
}
