import type { HLJSApi, LanguageFn } from 'highlight.js';
import core from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';

import { escapeMarkup } from '../../base/markup.js';

const highlighter = core as unknown as HLJSApi;
const LANGUAGES = { bash, diff, json, typescript, yaml } as unknown as Record<string, LanguageFn>;
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

const ALIASES: Readonly<Record<string, string>> = {
    sh: 'bash',
    js: 'typescript',
    mjs: 'typescript',
    ts: 'typescript',
    tsx: 'typescript',
    yml: 'yaml',
    jsonc: 'json',
};

/** Code as HTML, in colours where its language is known. What is typed in a `console` block is set off from the output. */
export function highlight(code: string, language: string): string {
    if (language === 'console') {
        return code
            .split('\n')
            .map((line) => (line.startsWith('$ ') ? `<b class="typed">${escapeMarkup(line)}</b>` : escapeMarkup(line)))
            .join('\n');
    }
    const known = ALIASES[language] ?? language;
    if (!Object.hasOwn(LANGUAGES, known)) return escapeMarkup(code);
    return highlighter.highlight(code, { language: known }).value;
}
