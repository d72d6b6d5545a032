import { expect, it } from 'vitest';

import { findUnknownNames } from '../src/checks/identifiers.js';
import { sdkEvents, sdkMembers } from '../src/checks/sdk-members.js';
import { readAdvice, readHints, readSmallTexts } from '../src/exercise/content.js';
import { SMALL_EXERCISES } from '../src/exercise/small/exercises.js';

it('hints and advice name nothing that the installed SDK and Crawlee don’t have', () => {
    const texts = [
        ...readHints().flatMap(({ hints }) => hints),
        ...SMALL_EXERCISES.flatMap(({ folder }) => readSmallTexts(folder).hints),
        ...[readAdvice(), ...SMALL_EXERCISES.map(({ folder }) => readSmallTexts(folder).advice)]
            .flatMap((all) => Object.values(all))
            .flatMap(({ seen, advice }) => [seen, advice]),
    ];
    // The check looks at code in Markdown. Here names stand in plain sentences.
    const asCode = ['```js', ...texts, 'Actor.noSuchName()', '```'].join('\n');

    const problems = findUnknownNames(new Map([['texts.md', asCode]]), sdkMembers(), sdkEvents());

    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('Actor.noSuchName')]);
});
