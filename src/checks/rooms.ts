import path from 'node:path';

import type { Module } from './modules.js';
import type { Problem } from './repository.js';

/** What the modules of a room may import, besides each other. */
export interface Room {
    /** Whole rooms, or just a file or folder in one: `base/random`. */
    rooms: readonly string[];
    /** Packages; `node` stands for all that Node brings along. */
    packages: readonly string[];
}

/** The floors below the course, which make the package. */
const MOVER = ['base', 'trace', 'platform', 'faults', 'mover'];

/** An Actor runs on the real platform, too: it knows nothing of the machinery around it. */
const ACTOR: Room = { rooms: ['demo-actor'], packages: ['node', 'apify', '@crawlee/cheerio'] };

/**
 * Every room of the house, from the lowest floor to the highest, with all that it may import. What is not here is
 * forbidden. Tests may reach across.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
    base: { rooms: [], packages: ['node', 'chalk'] },
    // A web site: it knows nothing of Apify, nor of what scrapes it.
    shop: { rooms: ['base'], packages: ['node', 'hono', '@hono/node-server'] },
    // Runs in a browser, too: of `base` only what is pure.
    trace: { rooms: ['base/parse-json', 'base/plain-text'], packages: [] },
    // Its page runs in a browser, so it knows of the house no more than what a recording is.
    replay: { rooms: ['base', 'trace'], packages: ['node', 'preact', 'playwright-core'] },
    // Runs any Actor: it knows nothing of course, shop or demo Actor.
    platform: {
        rooms: ['base', 'trace'],
        packages: ['node', 'hono', 'valibot', 'ws', 'pidusage'],
    },
    faults: { rooms: ['base', 'trace', 'platform'], packages: ['node'] },
    mover: {
        rooms: ['base', 'trace', 'platform', 'faults'],
        packages: ['node', 'valibot', 'chalk', '@apify/input_schema', 'ajv', 'json5'],
    },
    trial: { rooms: [...MOVER, 'shop'], packages: ['node', 'diff'] },
    course: { rooms: ['base', 'trial'], packages: ['node', 'valibot', 'write-file-atomic', 'marked'] },
    exercise: {
        rooms: [...MOVER, 'shop', 'trial', 'course'],
        packages: ['node', 'valibot', 'rolldown', 'pidusage', 'diff', 'chokidar'],
    },
    quiz: {
        rooms: ['base', 'trace', 'faults', 'trial', 'course'],
        packages: ['node', 'valibot', 'yaml', 'rolldown', 'chalk', 'fast-wrap-ansi', 'ts-fsrs', 'inquirer'],
    },
    // The course in the browser: server, pages, export. Its client runs in a browser.
    site: {
        rooms: [...MOVER, 'shop', 'trial', 'course', 'exercise', 'quiz', 'replay'],
        packages: [
            'node',
            'hono',
            '@hono/node-server',
            'preact',
            'preact-render-to-string',
            'marked',
            'highlight.js',
            'github-slugger',
            'valibot',
        ],
    },
    cli: {
        rooms: [
            ...MOVER,
            'shop',
            'trial',
            'course',
            'exercise',
            'quiz',
            'replay',
            'site',
            'checks/contract',
            'checks/load',
        ],
        packages: ['node', 'chalk', 'marked', 'rolldown', 'valibot', 'fast-wrap-ansi', 'write-file-atomic'],
    },
    // It opens a shop of its own where nobody has named one.
    'demo-actor': { rooms: ['shop'], packages: ['node', 'apify', 'crawlee', 'valibot'] },
    solutions: ACTOR,
    exercises: ACTOR,
    checks: {
        rooms: [...MOVER, 'trial', 'course', 'quiz'],
        packages: [
            'node',
            'vitest',
            'rolldown',
            'github-slugger',
            'marked',
            'cspell',
            'apify',
            '@crawlee/cheerio',
            'apify-client',
            'ajv',
            'pidusage',
            'valibot',
        ],
    },
    package: { rooms: ['base', 'checks', 'mover', 'replay'], packages: ['node', 'rolldown', 'valibot'] },
};

/** Imports that a room of the house may not have, and modules that lie in none. */
export function findForbiddenImports(modules: readonly Module[]): Problem[] {
    return modules.flatMap(({ file, imports }) => {
        const name = roomOf(file);
        if (name === undefined) return [];
        const room = ROOMS[name];
        if (!room)
            return [{ file, line: 1, message: `lies in '${name}', a room that src/checks/rooms.ts doesn't have` }];
        return imports.flatMap(({ from, line }) => {
            const isModule = from.startsWith('.');
            const allowed = isModule ? [name, ...room.rooms] : room.packages;
            const wanted = isModule ? placeOf(path.posix.join(path.posix.dirname(file), from)) : packageOf(from);
            if (allowed.some((one) => wanted === one || wanted.startsWith(`${one}/`))) return [];
            return [
                { file, line, message: `imports ${from}: '${name}' may import ${allowed.join(', ') || 'nothing'}` },
            ];
        });
    });
}

/** Each folder of `src/` is a room, and so are the folders with Actors beside it; what lies elsewhere is in none. */
function roomOf(file: string): string | undefined {
    const [room = ''] = placeOf(file).split('/');
    return file.startsWith('src/') || room in ROOMS ? room : undefined;
}

/** A module as a room's list names it: `src/base/paths.js` is `base/paths`. */
function placeOf(file: string): string {
    return file.replace(/^src\//, '').replace(/\.[jt]sx?$/, '');
}

/** `@scope/name/sub` belongs to `@scope/name`, and all modules of Node to `node`. */
export function packageOf(from: string): string {
    if (from.startsWith('node:')) return 'node';
    return from.split('/', from.startsWith('@') ? 2 : 1).join('/');
}
