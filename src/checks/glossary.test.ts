import { describe, expect, it } from 'vitest';

import { findGlossaryProblems, findWrongWords } from './glossary.js';

const TERMS = [{ wrong: /\bactor\b/g, right: 'Actor', isTerm: true }] as const;
const check = (glossary: string) => findGlossaryProblems(new Map([['lessons/glossary.md', glossary]]), TERMS);

describe('the glossary', () => {
    it.each([
        ['headings', '# Glossary\n\n### Actor\n\nA program.\n\n### dataset\n\nRows.\n'],
        ['bold words', '**Actor**: a program.\n\n**dataset**: rows.\n'],
        ['a list', '- <a id="actor"></a>**Actor.** A program.\n- **dataset** Rows with **many** words.\n'],
        ['a table', '| Term | Meaning |\n| --- | --- |\n| **Actor** | a program |\n| **dataset** | rows |\n'],
    ])('passes as %s', (_, glossary) => {
        expect(check(glossary)).toEqual([]);
    });

    it.each([
        ['a term twice', '### Actor\n\n### dataset\n\n### actor\n', 5, 'has "actor" already in line 1'],
        ['a term in the wrong place', '### dataset\n\n### Actor\n', 3, 'has "Actor" after "dataset"'],
        ['a term missing', '# Glossary\n\n### dataset\n', 1, 'does not explain "Actor"'],
    ])('is named with %s', (_, glossary, line, message) => {
        expect(check(glossary)).toEqual([
            { file: 'lessons/glossary.md', line, message: expect.stringContaining(message) },
        ]);
    });
});

describe('a word', () => {
    const words = (text: string, file = 'lessons/01.md') => findWrongWords(new Map([[file, text]]));

    it.each([
        ['an actor', 'Actor'],
        ['Actors and actors', 'Actor'],
        ['the key value store', 'key-value store'],
        ['the Key-Value Store', 'key-value store'],
        ['a KV store', 'key-value store'],
        ['a KVS', 'key-value store'],
        ['its Request Queue', 'request queue'],
        ['its request-queue', 'request queue'],
        ['a data set', 'dataset'],
        ['with crawlee', 'Crawlee'],
        ['on apify', 'Apify'],
        ['in Javascript', 'JavaScript'],
        ['a websocket', 'WebSocket'],
    ])('is named where the course writes it otherwise: %s', (text, right) => {
        expect(words(`One\n\n${text}.`)).toEqual([
            { file: 'lessons/01.md', line: 3, message: expect.stringContaining(`writes "${right}"`) },
        ]);
        expect(words(`ask: ${text}\n`, 'quiz/1.yaml')).toHaveLength(1);
    });

    it.each([
        'Actors, a key-value store, key-value stores, a request queue, a dataset',
        'the class RequestQueue, `actor`, `KVS`',
        '[Docker](https://docs.apify.com/actors/x) and https://apify.com/actors',
        'actor.json, @crawlee/cheerio, .actors-move/, apify/crawlee#156, actors-move',
        'apify 3.7.2',
        '```js\nconst actor = 1;\n```',
        '<img src="actor.png">',
    ])('passes: %s', (text) => {
        expect(words(text)).toEqual([]);
    });

    it('is left alone in what is no Markdown', () => {
        expect(words('an actor', 'src/a.ts')).toEqual([]);
    });
});
