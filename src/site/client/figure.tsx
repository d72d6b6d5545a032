/** Draws the figures of a page: each is a replay of a recorded run, with a switch between runs. */
import { render } from 'preact';

import type { FigureData } from '../pages/figure.js';
import { FigurePlayer } from './figure-player.js';

const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const figure = target as HTMLElement;
        const data = JSON.parse(figure.dataset.figure!) as FigureData;
        const stage = figure.querySelector('.stage')!;
        // What is told in words stays, below the picture.
        const picture = document.createElement('div');
        stage.before(picture);
        render(<FigurePlayer data={data} />, picture);
    }
});
for (const figure of document.querySelectorAll('[data-figure]')) observer.observe(figure);
