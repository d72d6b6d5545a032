/** Fills the map of a proof while it goes on, and opens the run of a cell. */
import { hydrate } from 'preact';

import type { ProofWorkProperties } from '../pages/proof-work.js';
import { LiveProof } from './proof-live.js';

const root = document.querySelector<HTMLElement>('[data-proof]');
if (root) hydrate(<LiveProof {...(JSON.parse(root.dataset.proof!) as ProofWorkProperties)} />, root);
