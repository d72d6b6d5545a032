/** What a page of the quiz does beyond its forms: orders as lists, matches as boards, runs as pictures, and how far a trial is. */
import { render } from 'preact';

import type { OrderProperties } from '../pages/quiz-form.js';
import type { MatchProperties } from '../pages/quiz-match.js';
import { MatchBoard } from './match-board.js';
import { OrderList } from './order-list.js';
import { drawPredictions } from './predictions.js';

const order = document.querySelector<HTMLElement>('[data-order]');
if (order) {
    const properties = JSON.parse(order.dataset.order!) as OrderProperties;
    order.replaceChildren();
    render(<OrderList {...properties} />, order);
}

const match = document.querySelector<HTMLElement>('[data-match]');
if (match) {
    const properties = JSON.parse(match.dataset.match!) as MatchProperties;
    match.replaceChildren();
    render(<MatchBoard {...properties} />, match);
}

drawPredictions(document);

const running = document.querySelector<HTMLElement>('[data-running]');
if (running) {
    const told = running.querySelector('.told-run')!;
    running.querySelector('.look')!.remove();
    const source = new EventSource(running.dataset.running!);
    source.addEventListener('page', ({ data }) => (told.textContent = JSON.parse(data as string) as string));
    source.addEventListener('over', () => {
        source.close();
        const then = new URL(running.dataset.then!, location.href).href;
        if (then === location.href) location.reload();
        else location.replace(then);
    });
}
