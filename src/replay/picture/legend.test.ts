import { expect, it } from 'vitest';

import { legendMarkup } from './legend.js';
import { SIGNS_OF_KINDS } from './signs.js';

const lines = [...legendMarkup().matchAll(/<li><svg [^>]*>(.*?)<\/svg> (.*?)<\/li>/g)].map(([, sample, meaning]) => ({
    sample: sample!,
    meaning: meaning!,
}));

it('says what each sign of the picture means, and what its bars and lines do', () => {
    const meanings = lines.map(({ meaning }) => meaning);
    expect(meanings).toEqual(expect.arrayContaining(Object.values(SIGNS_OF_KINDS).map((sign) => sign.meaning)));
    expect(meanings).toEqual(expect.arrayContaining(['a request in flight', 'fetched again', 'where a strike falls']));
});

it('draws samples that are told apart without colours, in those of the page, without letters', () => {
    // Only what is of the ground's colour is still told from the rest.
    const shapes = lines.map(({ sample }) => sample.replaceAll(/var\(--(?!ground)\w+\)/g, 'ink'));
    expect(new Set(shapes).size).toBe(lines.length);
    for (const { sample } of lines) {
        expect(sample).toMatch(/^<(?:path|g) .*var\(--/);
        expect(sample).not.toMatch(/NaN|undefined|<text| id=/);
    }
});
