import { it } from 'vitest';

/**
 * A test that proves one claim of a lesson. The lesson marks the claim with the footnote `[^id]`, whose text names
 * the file that this test stands in; `npm run check:content` holds marks and tests together.
 *
 * @param id What the footnote is called: lower case, digits and hyphens.
 * @param sentence The claim, as a sentence.
 */
export function claim(id: string, sentence: string, prove: () => Promise<void> | void): void {
    it(`${sentence} [^${id}]`, prove);
}
