import { expect, it } from 'vitest';

import { withLessonCommands } from './read-again.js';

it.each([
    ['lessons/03-hearing-it-coming.md#the-events', '`npm run lesson -- 3`, The events'],
    ['lessons/10-more.md', '`npm run lesson -- 10`'],
])('%s is read again by its command', (link, shown) => {
    expect(withLessonCommands(`Taught in ${link}`)).toBe(`Taught in ${shown}`);
});
