import { expect, it } from 'vitest';

import { footnotesOf } from './footnotes.js';

it('finds marks and footnotes, and takes code for what it is', () => {
    const text =
        'It hears nothing.[^early] See `[^no]`.\n\n```md\n[^no]: nor this\n```\n\n[^early]: Proven by `x`: [a](a).\n';

    expect(footnotesOf(text)).toEqual({
        marks: [{ id: 'early', index: text.indexOf('[^early]') }],
        definitions: [{ id: 'early', text: 'Proven by `x`: [a](a).', index: text.indexOf('[^early]: ') }],
    });
});

it('takes a mark before a colon for a mark', () => {
    expect(footnotesOf('Two things[^two]: one, and another.').marks).toMatchObject([{ id: 'two' }]);
});

it('finds footnotes on lines that follow each other', () => {
    expect(footnotesOf('[^a]: one\n[^b]: two').definitions).toMatchObject([
        { id: 'a', text: 'one' },
        { id: 'b', text: 'two' },
    ]);
});
