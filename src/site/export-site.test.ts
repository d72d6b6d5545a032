import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exportSite, type SiteFigures } from './export-site.js';

const root = mkdtempSync(join(tmpdir(), 'actors-move-'));
const dir = join(root, 'below', 'a', 'path');
let figures: SiteFigures;
let pages: Map<string, string>;

beforeAll(() => {
    figures = exportSite(dir);
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
    const html = files.filter((file) => file.endsWith('.html'));
    pages = new Map(html.map((file) => [file, readFileSync(join(dir, file), 'utf8')]));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Addresses in a page, of links and of what it loads. */
function addressesIn(html: string): { loaded: string[]; links: string[] } {
    const loaded = [...html.matchAll(/<(?:script|img)[^>]* src="([^"]*)"|<link[^>]* href="([^"]*)"/g)];
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)];
    return { loaded: loaded.map((match) => (match[1] ?? match[2])!), links: links.map(([, href]) => href!) };
}

describe('the static site', () => {
    it('is small', () => {
        expect(figures.bytes).toBeLessThan(5_000_000);
        expect(figures.pages).toBe(pages.size);
    });

    it('has scripts of at most 60 kB for a lesson, packed', () => {
        const loaded = new Set<string>();
        const load = (file: string): void => {
            if (loaded.has(file)) return;
            loaded.add(file);
            const text = readFileSync(join(dir, file), 'utf8');
            for (const [, to] of text.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) {
                load(posix.join(posix.dirname(file), to!));
            }
        };
        for (const [, src] of pages.get('lessons/3/index.html')!.matchAll(/<script[^>]* src="([^"]+)"/g)) {
            load(posix.join('lessons/3', src!));
        }
        const bytes = [...loaded].map((file) => gzipSync(readFileSync(join(dir, file))).length);

        expect(bytes.length).toBeGreaterThan(1);
        expect(bytes.reduce((sum, some) => sum + some)).toBeLessThan(60_000);
    });

    it('begins each lesson with its title and its goal, before the list of its contents', () => {
        const lessons = [...pages].filter(([file]) => /^lessons\/\d+\//.test(file));
        expect(lessons.length).toBeGreaterThan(5);
        for (const [file, html] of lessons) {
            const places = ['<h1', '<strong>Goal:', 'aria-label="In this lesson"', '<h2'].map((part) =>
                html.indexOf(part),
            );
            expect(places, file).not.toContain(-1);
            expect(places, file).toEqual(places.toSorted((a, b) => a - b));
        }
    });

    it('has a name of its own for each table of a text, which can be reached by keyboard', () => {
        const groups = [...pages.get('lessons/3/index.html')!.matchAll(/<div class="table"([^>]*)>/g)];
        expect(groups[0]![1]).toBe(' tabindex="0" role="group" aria-label="Table: Event, When, Payload"');
        for (const [file, html] of pages) {
            const names = [...html.matchAll(/<div class="table"[^>]* aria-label="([^"]*)"/g)].map(([, name]) => name);
            expect(
                names.filter((name) => !/^Table: [^,]/.test(name!)),
                file,
            ).toEqual([]);
        }
    });

    it('has no link that leads nowhere', () => {
        const dead: string[] = [];
        for (const [file, html] of pages) {
            for (const href of addressesIn(html).links) {
                if (/^https?:\/\//.test(href)) continue;
                const [path = '', hash] = href.replaceAll('&amp;', '&').split('#');
                const target =
                    path === '' ? file : posix.join(posix.dirname(file), path, path.endsWith('/') ? 'index.html' : '');
                const page = pages.get(target);
                // The lab reads a run from behind the #.
                const isThere = page !== undefined || existsSync(join(dir, target));
                const hasPlace = hash === undefined || hash.includes('=') || page?.includes(`id="${hash}"`);
                if (!isThere || !hasPlace) dead.push(`${file}: ${href}`);
            }
        }
        expect(dead).toEqual([]);
        expect(pages.size).toBeGreaterThan(40);
    });

    it('loads nothing but its own files', () => {
        const wrong: string[] = [];
        for (const [file, html] of pages) {
            for (const address of addressesIn(html).loaded) {
                if (!existsSync(join(dir, posix.join(posix.dirname(file), address)))) wrong.push(`${file}: ${address}`);
            }
            expect(html, file).toContain("default-src 'none'");
        }
        expect(wrong).toEqual([]);
    });

    it('holds each recording that a figure fetches', () => {
        const fetched = [...pages].flatMap(([file, html]) =>
            [...html.matchAll(/&quot;recording&quot;:&quot;([^&]+)&quot;/g)].map(([, to]) =>
                posix.join(posix.dirname(file), to!),
            ),
        );
        expect(fetched.length).toBeGreaterThan(20);
        expect(fetched.filter((file) => !existsSync(join(dir, file)))).toEqual([]);
    });
});
