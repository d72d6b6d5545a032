import { describe, expect, it } from 'vitest';

import { modulesOf } from './modules.js';
import { findForbiddenImports, ROOMS } from './rooms.js';

const check = (file: string, text: string) => findForbiddenImports(modulesOf(new Map([[file, text]])));

/** A file of a room, and the address by which it reaches one of another. */
function fileIn(room: string): string {
    return ['solutions', 'exercises'].includes(room) ? `${room}/0-before/main.ts` : `src/${room}/main.ts`;
}
function addressOf(room: string, from: string): string {
    const top = '../'.repeat(from.split('/').length - 1);
    return `${top}${fileIn(room).replace('.ts', '.js')}`;
}

const IMPORTS: ((address: string) => string)[] = [
    (address) => `import { one } from '${address}';`,
    (address) => `import type { One } from '${address}';`,
    (address) => `import '${address}';`,
    (address) => `export * from '${address}';`,
    (address) => `export { type One } from '${address}';`,
    (address) => `const { one } = await import('${address}');`,
    (address) => `let one: typeof import('${address}');`,
];

describe.each(Object.entries(ROOMS))('the room %s', (name, { rooms, packages }) => {
    const file = fileIn(name);
    const others = Object.keys(ROOMS).filter((room) => room !== name && !rooms.includes(room));

    it('may import what its list has, and itself', () => {
        const allowed = [name, ...rooms.filter((room) => room in ROOMS)].map((room) => addressOf(room, file));
        const text = [...allowed, ...packages.map((one) => (one === 'node' ? 'node:fs' : `${one}/part`))]
            .map((address) => `import '${address}';`)
            .join('\n');

        expect(check(file, text)).toEqual([]);
    });

    it('may import no other room and no other package, however it is written', () => {
        expect(others).not.toEqual([]);
        for (const address of [...others.map((room) => addressOf(room, file)), 'left-pad', '@left/pad']) {
            for (const write of IMPORTS) {
                expect(check(file, `\n${write(address)}`), write(address)).toEqual([
                    { file, line: 2, message: expect.stringContaining(`imports ${address}: '${name}' may import`) },
                ]);
            }
        }
    });
});

it('a room that the table lacks is named', () => {
    expect(check('src/attic/box.ts', '')).toMatchObject([{ message: expect.stringContaining("lies in 'attic'") }]);
    expect(check('src/index.ts', '')).toMatchObject([{ message: expect.stringContaining("lies in 'index'") }]);
});

it('a folder of a room that is called like another room is no other room', () => {
    expect(check('src/mover/fixtures/one.ts', "import '../cli/run.js';")).toEqual([]);
    expect(check('src/mover/cli/run.ts', "import './cli/run.js';\nimport '../cli/run.js';")).toEqual([]);
    expect(check('src/mover/move.ts', "import './cli/run.js';")).toEqual([]);
    expect(check('src/mover/move.ts', "import '../cli/run.js';")).toHaveLength(1);
});

it('modules with markup are looked into, too', () => {
    expect(check('src/shop/one.tsx', "import { run } from '../cli/run.js';")).toHaveLength(1);
    expect(check('src/site/pages/one.tsx', "import { two } from './two.js';")).toEqual([]);
});

it('tests may reach across, and configurations are in no room', () => {
    expect(check('src/shop/one.test.ts', "import 'apify';\nimport '../cli/run.js';")).toEqual([]);
    expect(check('vitest.config.ts', "import 'vitest';")).toEqual([]);
});
