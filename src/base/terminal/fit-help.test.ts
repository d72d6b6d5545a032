import { describe, expect, it } from 'vitest';

import { fitHelp } from './fit-help.js';
import { RUN_HELP } from '../../mover/cli/run-help.js';

const HELP = `
npm run do -- [what]
npm run do -- [what] -- and more

Does what it is told, and says what it has done: this is a paragraph which is long enough to be filled to the end of its
line and to go on.

Options
  --one <thing>   a thing, of which there may be many: this text is as long as a line can be, and so it goes on in the a
                  next one
  --two           two
`.trim();

describe('a help text', () => {
    it('stays as it is where there is room', () => {
        expect(fitHelp(HELP, 120)).toBe(HELP);
        expect(fitHelp(HELP, Infinity)).toBe(HELP);
    });

    it('is filled anew by paragraph and by option in a narrow terminal', () => {
        expect(fitHelp(HELP, 50)).toBe(
            `
npm run do -- [what]
npm run do -- [what] -- and more

Does what it is told, and says what it has done:
this is a paragraph which is long enough to be
filled to the end of its line and to go on.

Options
  --one <thing>   a thing, of which there may be
                  many: this text is as long as a
                  line can be, and so it goes on
                  in the a next one
  --two           two
`.trim(),
        );
    });

    it('has what a term means below it where there is no room beside it', () => {
        expect(fitHelp('  --a-long-option   means this and that and more', 34)).toBe(
            ['  --a-long-option', '    means this and that and more'].join('\n'),
        );
    });

    it.each([40, 60, 80, 100, 120])('of the longest kind fits into %i columns, and loses no word', (width) => {
        const fitted = fitHelp(RUN_HELP, width);

        expect(Math.max(...fitted.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(width);
        expect(fitted.replaceAll(/\s+/g, '')).toBe(RUN_HELP.replaceAll(/\s+/g, ''));
    });
});
