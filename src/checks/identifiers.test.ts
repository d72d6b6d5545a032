import { describe, expect, it } from 'vitest';

import { findUnknownNames, findUnknownPaths } from './identifiers.js';
import { sdkEvents, sdkMembers } from './sdk-members.js';

const [MEMBERS, EVENTS] = [sdkMembers(), sdkEvents()];
const names = (text: string) => findUnknownNames(new Map([['lessons/01.md', text]]), MEMBERS, EVENTS);

describe('a name of SDK or Crawlee', () => {
    it.each([
        '`Actor.init()`, `Actor.useState`, `Actor.on("migrating", save)`, `Actor.config`',
        '`crawler.run()`, `crawler.autoscaledPool.currentConcurrency`, `crawler.stats`',
        '`KeyValueStore.getAutoSavedValue`, `AutoscaledPool.pause()`, `RequestQueue`',
        "```js\nActor.on('aborting', async () => {});\nawait Actor.reboot();\n```",
        '`tracker.anything`, `something.Actor.gone`, `.actor/Actor.md`',
        'Actor.gone in prose',
        '```console\nActor.gone\n```',
    ])('passes when it is there: %s', (text) => {
        expect(names(text)).toEqual([]);
    });

    it.each([
        ['`Actor.migrate()`', 'Actor has no migrate'],
        ['`crawler.currentConcurrency`', 'crawler has no currentConcurrency'],
        ['`KeyValueStore.autoSave`', 'KeyValueStore has no autoSave'],
        ['```ts\nawait Actor.persist();\n```', 'Actor has no persist'],
        ['`Actor.on("migrated", save)`', "listens to 'migrated'"],
    ])('is named when it is not: %s', (text, message) => {
        expect(names(`One\n\n${text}`)).toEqual([
            { file: 'lessons/01.md', line: text.startsWith('```') ? 4 : 3, message: expect.stringContaining(message) },
        ]);
    });
});

describe('a path in code', () => {
    const paths = (text: string) =>
        findUnknownPaths(
            new Map([
                ['lessons/01.md', text],
                ['src/cli/start.ts', ''],
                ['solutions/0-before/main.ts', ''],
            ]),
        );

    it.each([
        '`src/cli/start.ts`, `src/cli/`, `src/cli`, `solutions/0-before`',
        '`main.ts`, `start.ts`, `x.test.ts`',
        '`journal.jsonl`, `workspace/main.ts`, `storage/key_value_stores`, `dist/src/gone.js`',
        '`solutions/<number>-<what>/`, `lessons/*.md`',
        'src/gone.ts in prose',
    ])('passes: %s', (text) => {
        expect(paths(text)).toEqual([]);
    });

    it.each(['src/cli/stop.ts', 'solutions/0-begin/', 'routes.ts', 'lessons/02.md', 'src/cl'])(
        'is named: %s',
        (code) => {
            expect(paths(`One\n\n\`${code}\``)).toEqual([
                { file: 'lessons/01.md', line: 3, message: expect.stringContaining(`names ${code}`) },
            ]);
        },
    );
});
