import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CannotWriteError } from '../base/cannot-write-error.js';
import { courseHome, Progress } from './progress.js';

let dir: string;
let warnings: string[];

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    warnings = [];
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (): Progress<{ read: string[] }> =>
    new Progress({
        name: 'lessons',
        schema: v.object({ read: v.array(v.string()) }),
        empty: { read: [] },
        dir: join(dir, 'home'),
        warn: (message) => warnings.push(message),
    });

describe('progress', () => {
    it('is empty before anything was done', () => {
        expect(open().read()).toEqual({ read: [] });
        expect(readdirSync(dir)).toEqual([]);
    });

    it('is on disk when an update returns', () => {
        expect(open().update(({ read }) => ({ read: [...read, 'one'] }))).toEqual({ read: ['one'] });
        open().update(({ read }) => ({ read: [...read, 'two'] }));

        expect(open().read()).toEqual({ read: ['one', 'two'] });
        expect(readdirSync(join(dir, 'home'))).toEqual(['lessons.json']);
    });

    it('holds nothing of what a killed process has left half written', () => {
        const progress = open();
        progress.update(() => ({ read: ['one'] }));
        writeFileSync(`${progress.file}.123456`, '{"re');

        progress.update(({ read }) => ({ read: [...read, 'two'] }));

        expect(readdirSync(join(dir, 'home'))).toEqual(['lessons.json']);
        expect(progress.read()).toEqual({ read: ['one', 'two'] });
    });

    it('says in one sentence that it can not be read or written', () => {
        const progress = open();
        mkdirSync(join(dir, 'home', 'lessons.json'), { recursive: true });
        expect(() => progress.read()).toThrow(/^Progress in .*lessons\.json can't be read: EISDIR: [^\n]*\.$/);

        rmSync(join(dir, 'home'), { recursive: true });
        symlinkSync(join(dir, 'nowhere', 'home'), join(dir, 'home'));
        const attempt = (): unknown => progress.update(() => ({ read: ['one'] }));
        expect(attempt).toThrow(CannotWriteError);
        expect(attempt).toThrow(/^Progress in .*lessons\.json can't be written: E[A-Z]+: [^\n]*\.$/);
    });

    it.each(['', '{"read": ["one"', '[]', '{"read": [1]}', '\u0000\u0000'])(
        'that is damaged (%j) is set aside with one line, and starts anew',
        (damaged) => {
            const progress = open();
            progress.update(() => ({ read: ['one'] }));
            writeFileSync(progress.file, damaged);

            expect(progress.read()).toEqual({ read: [] });

            expect(warnings).toHaveLength(1);
            const [aside] = readdirSync(join(dir, 'home'));
            expect(warnings[0]).toContain(aside);
            expect(readFileSync(join(dir, 'home', aside!), 'utf8')).toBe(damaged);
            expect(progress.update(() => ({ read: ['two'] }))).toEqual({ read: ['two'] });
        },
    );

    it('that can’t be read for another reason is not thrown away', () => {
        const progress = open();
        progress.update(() => ({ read: ['one'] }));
        rmSync(progress.file);
        writeFileSync(join(dir, 'file'), '');
        const below = new Progress({
            name: 'lessons',
            schema: v.object({}),
            empty: {},
            dir: join(dir, 'file'),
            warn: () => {},
        });

        expect(() => below.update(() => ({}))).toThrow();
        expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('');
    });
});

it('lives in .course/ unless ACTORS_MOVE_HOME says otherwise', () => {
    expect(courseHome({})).toMatch(/\.course$/);
    expect(courseHome({ ACTORS_MOVE_HOME: dir })).toBe(dir);
});
