/** What every page does: in a static site, keep progress in this browser, and show it and what is next. */
import { markDone, progressDone } from './progress.js';

if (document.body.dataset.live === undefined) {
    for (const element of document.querySelectorAll<HTMLElement>('[data-progress]')) {
        if (!progressDone(element.dataset.progress!)) continue;
        element.textContent = `✔ ${element.dataset.done ?? 'done'}`;
        element.classList.add('done');
    }
    const marks = [...document.querySelectorAll<HTMLElement>('.way [data-next]')];
    const next = marks.find(({ dataset }) => !progressDone(dataset.progress!));
    const button = document.querySelector<HTMLAnchorElement>('.next > a.button');
    if (next && button) {
        button.href = next.parentElement!.querySelector('a')!.href;
        button.textContent = next.dataset.next!;
    }
    document.querySelector<HTMLButtonElement>('button[data-read]')?.addEventListener('click', (event) => {
        const { read, to } = (event.currentTarget as HTMLButtonElement).dataset;
        markDone(`lesson-${read!}`);
        location.href = to!;
    });
}
