/** How the course writes a word, and how it doesn't. */
export interface Wording {
    /** Matched in prose: not in code, addresses and HTML. */
    wrong: RegExp;
    right: string;
    /** The glossary explains it under this name. */
    isTerm?: true;
}

/** A word by itself: no part of a path, a package name, a file name or an identifier. */
const alone = (words: string): RegExp => new RegExp(`(?<![\\w./@#-])(?:${words})(?![\\w/#-]|\\.\\w)`, 'g');

/** Apify's own terms, and names that are easily misspelt. */
export const WORDINGS: readonly Wording[] = [
    { wrong: alone('actors?'), right: 'Actor', isTerm: true },
    {
        wrong: /\b[Kk]ey[ /]?[Vv]alue[ -][Ss]tores?\b|\b[Kk]ey-[Vv]alue Stores?\b|\bKVS?\b(?: stores?)?/g,
        right: 'key-value store',
        isTerm: true,
    },
    { wrong: /\b[Rr]equest Queues?\b|\b[Rr]equest-[Qq]ueues?\b/g, right: 'request queue', isTerm: true },
    { wrong: /\b[Dd]ata[- ]sets?\b/g, right: 'dataset', isTerm: true },
    { wrong: alone('crawlee'), right: 'Crawlee' },
    { wrong: /(?<![\w./@#-])apify(?![\w/#-]|\.\w| \d)/g, right: 'Apify' },
    { wrong: /\bJavascript\b|\bjavascript\b/g, right: 'JavaScript' },
    { wrong: /\bTypescript\b|\btypescript\b/g, right: 'TypeScript' },
    { wrong: /\bGithub\b/g, right: 'GitHub' },
    { wrong: /\bNodeJS\b|\bnodejs\b|\bnode\.js\b/g, right: 'Node.js' },
    { wrong: /\bWeb[ -][Ss]ockets?\b|\b[Ww]ebsockets?\b/g, right: 'WebSocket' },
];
