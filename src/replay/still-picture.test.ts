import { expect, it } from 'vitest';

import { GALLERY } from './fixtures/gallery.js';
import { recordingOf } from './model/recording.js';
import { legendMarkup } from './picture/legend.js';
import { StillPen } from './picture/still-pen.js';
import { stillRun } from './static-part.js';
import { stillPicture } from './still-picture.js';

it.each(GALLERY.map(({ label, trace }) => [label.slice(0, 20), trace] as const))(
    'draws each state of the picture: %s',
    (label, trace) => {
        const recording = recordingOf(trace, label);
        const svg = stillPicture(recording);

        const names = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, name]) => name);
        expect(names).toEqual(expect.arrayContaining([...recording.lanes.map((lane) => lane.label), 'saved']));
        expect(svg).not.toContain('NaN');
        expect(svg).not.toMatch(/\p{Cc}|\u202E/u);
        // Whatever is opened is closed, and nothing is but what was drawn.
        expect(svg.match(/<g /g)?.length).toBe(svg.match(/<\/g>/g)?.length);
        expect(new Set([...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, name]) => name))).toEqual(
            new Set(['svg', 'path', 'text', 'g'].filter((name) => svg.includes(`<${name}`))),
        );
        expect(svg).not.toMatch(/<(?!\/?(?:svg|path|text|g)\b)/);
    },
);

it('is followed by its legend, before the entries in words', () => {
    const [run] = GALLERY;
    const html = stillRun(run!.label, run!.trace);
    const places = ['class="still-picture"', legendMarkup(), '<table>'].map((part) => html.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it('draws what looks the same as one element, and in its place what lies on top of it', () => {
    const pen = new StillPen();
    pen.fillStyle = 'red';
    pen.fillRect(0, 0, 2.04, 1);
    pen.fillRect(4, 0, 2, 1);
    pen.save();
    pen.translate(10, 0);
    pen.globalAlpha = 0.5;
    pen.fillText('a < b', 1, 2);
    pen.restore();
    pen.fillRect(0, 0, 1, 1);

    expect(pen.markup).toBe(
        '<path fill="red" d="M0 0h2v1h-2zM4 0h2v1h-2z"/>' +
            '<g transform="translate(10 0)"><text x="1" y="2" font-size="10" fill="red" opacity="0.5">a &lt; b</text></g>' +
            '<path fill="red" d="M0 0h1v1h-1z"/>',
    );
});
