import { h, render } from 'preact';

import type { RunLink } from '../quiz/quiz-links.js';

/** Draws the runs of predictions below an element, each when it is opened: the replay is fetched only then. */
export function drawPredictions(root: ParentNode): void {
    for (const frame of root.querySelectorAll<HTMLDetailsElement>('details[data-prediction]')) {
        const draw = (): void => {
            if (!frame.open || frame.dataset.drawn !== undefined) return;
            frame.dataset.drawn = '';
            const stage = frame.appendChild(document.createElement('div'));
            const run = JSON.parse(frame.dataset.prediction!) as RunLink;
            void import('./prediction-player.js').then(({ PredictionPlayer }) =>
                render(h(PredictionPlayer, { run }), stage),
            );
        };
        frame.addEventListener('toggle', draw);
        draw();
    }
}
