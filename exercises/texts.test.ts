import { expect, it } from 'vitest';

import { findUnknownNames } from '../src/checks/identifiers.js';
import { sdkEvents, sdkMembers } from '../src/checks/sdk-members.js';
import { readAdvice, readHints } from '../src/exercise/content.js';

it('hints and advice name nothing that the installed SDK and Crawlee don’t have', () => {
    const texts = [
        ...readHints().flatMap(({ hints }) => hints),
        ...Object.values(readAdvice()).flatMap(({ seen, advice }) => [seen, advice]),
    ];
    // The check looks at code in Markdown. Here names stand in plain sentences.
    const asCode = ['```js', ...texts, 'Actor.noSuchName()', '```'].join('\n');

    const problems = findUnknownNames(new Map([['texts.md', asCode]]), sdkMembers(), sdkEvents());

    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('Actor.noSuchName')]);
});
