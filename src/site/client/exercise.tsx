/** Keeps the page of an exercise up to date: each save tries it, and what is not passed opens its run. */
import { hydrate } from 'preact';

import type { ExerciseWorkProperties } from '../pages/exercise-work.js';
import { LiveExercise } from './exercise-live.js';

const root = document.querySelector<HTMLElement>('[data-exercise]');
if (root) hydrate(<LiveExercise {...(JSON.parse(root.dataset.exercise!) as ExerciseWorkProperties)} />, root);
