import path from 'node:path';

import GithubSlugger from 'github-slugger';
import { marked, type Token } from 'marked';

import { lineAt, markdownFiles, type Problem, type Repository } from './repository.js';

const EXTERNAL = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const HTML_LINK = /<(?:a|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"/gi;
const HTML_ANCHOR = /<[a-z][a-z0-9]*\b[^>]*?\b(?:id|name)="([^"]+)"/gi;

/**
 * Links in Markdown that lead nowhere: to a file or folder that is not in the repository, or to a heading or line
 * that the file does not have. Addresses of other sites are not asked for.
 */
export function findBrokenLinks(repository: Repository): Problem[] {
    const check = linkChecker(repository);
    return markdownFiles(repository).flatMap(([file, text]) =>
        findLinks(text).flatMap(({ href, line }) => {
            const message = check(href, file);
            return message === null ? [] : [{ file, line, message }];
        }),
    );
}

/** Says of an address that stands in a file, as Markdown would have it, where it leads nowhere; else null. */
export function linkChecker(repository: Repository): (href: string, from: string) => string | null {
    const places = new Set([...repository.keys()].flatMap(withFolders));
    return (href, from) => whatIsWrong(href, from, repository, places);
}

function whatIsWrong(href: string, from: string, repository: Repository, places: Set<string>): string | null {
    if (EXTERNAL.test(href)) return null;
    const [encodedPath = '', anchor] = href.split('#', 2);
    const target = encodedPath === '' ? from : resolve(from, decodeURIComponent(encodedPath));
    if (!places.has(target)) return `links to ${href}, but the repository has no ${target}`;
    if (anchor === undefined || anchor === '') return null;
    const text = repository.get(target);
    if (text === undefined || text === null) return `links to ${href}, but ${target} has no headings`;
    if (hasAnchor(target, text, anchor)) return null;
    return `links to ${href}, but ${target} has no #${anchor}`;
}

/** As on GitHub, a leading slash means the root of the repository. */
function resolve(from: string, to: string): string {
    const joined = to.startsWith('/') ? to.slice(1) : path.posix.join(path.posix.dirname(from), to);
    return path.posix.normalize(joined).replace(/\/$/, '');
}

function hasAnchor(file: string, text: string, anchor: string): boolean {
    if (file.endsWith('.md')) return findAnchors(text).has(decodeURIComponent(anchor));
    const lines = /^L(\d+)(?:-L(\d+))?$/.exec(anchor);
    return lines !== null && Number(lines[2] ?? lines[1]) <= text.split('\n').length;
}

/** `a/b/c.md` gives itself, `a/b`, `a` and the root. */
function withFolders(file: string): string[] {
    const folder = path.posix.dirname(file);
    return folder === '.' ? [file, '.'] : [file, ...withFolders(folder)];
}

function findLinks(text: string): { href: string; line: number }[] {
    const hrefs = tokensOf(text).flatMap((token) => {
        if (token.type === 'link' || token.type === 'image') return [String(token.href)];
        return token.type === 'html' ? matchesOf(HTML_LINK, token.raw) : [];
    });
    // The lexer keeps no positions: the next place where the address stands is near enough for a message.
    let from = 0;
    return hrefs.map((href) => {
        const index = text.indexOf(href, from);
        if (index !== -1) from = index;
        return { href, line: lineAt(text, index) };
    });
}

/** The names that a `#` can lead to, spelt as GitHub spells them. */
function findAnchors(text: string): Set<string> {
    const slugger = new GithubSlugger();
    const anchors = tokensOf(text).flatMap((token) => {
        if (token.type === 'heading') return [slugger.slug(plainText(token.tokens ?? []))];
        return token.type === 'html' ? matchesOf(HTML_ANCHOR, token.raw) : [];
    });
    return new Set(anchors);
}

/** Every token of a Markdown text, also those inside others, in reading order. */
function tokensOf(text: string): Token[] {
    const tokens: Token[] = [];
    void marked.walkTokens(marked.lexer(text), (token) => {
        tokens.push(token);
    });
    return tokens;
}

function plainText(tokens: Token[]): string {
    return tokens
        .map((token) => {
            if (token.type === 'html' || token.type === 'image') return '';
            if ('tokens' in token && token.tokens !== undefined) return plainText(token.tokens);
            return 'text' in token ? String(token.text) : token.raw;
        })
        .join('');
}

function matchesOf(pattern: RegExp, text: string): string[] {
    return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
