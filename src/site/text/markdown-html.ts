import GithubSlugger from 'github-slugger';
import type { Token, Tokens } from 'marked';

import { escapeMarkup } from '../../base/markup.js';
import { type DefinitionToken, lex, lexInline } from '../../course/markdown-lexer.js';
import { type Decision, readDecisions } from './decision-tree.js';
import { highlight } from './highlight.js';

export interface MarkdownOptions {
    /** The address of what a link of the repository leads to; undefined where the course has no page of it. */
    hrefOf: (href: string) => string | undefined;
    /** The HTML of a figure that a comment names. */
    figure: (name: string) => string;
}

interface Context extends MarkdownOptions {
    slugger: GithubSlugger;
    /** Ids of footnotes, in the order of their numbers. */
    notes: string[];
}

/** A lesson or another text, ready for a page. */
export interface MarkdownHtml {
    html: string;
    /** The beginning of `html`: what comes before the first of the headings. */
    lead: string;
    /** Headings below the first, for a list of contents. */
    headings: { id: string; text: string }[];
}

const FIGURE = /^<!-- figure: ([a-z0-9-]+) -->\s*$/;
const EXTERNAL = /^https?:\/\//i;

/**
 * A Markdown text as HTML. Footnotes open where they are marked, and all stand at the end. HTML in the text is left out,
 * but for comments that name a figure.
 */
export function markdownHtml(text: string, options: MarkdownOptions): MarkdownHtml {
    const tokens = lex(text.replaceAll('\r\n', '\n')) as Token[];
    const context: Context = { ...options, slugger: new GithubSlugger(), notes: [] };
    const headings: MarkdownHtml['headings'] = [];
    const parts: string[] = [];
    let leadLength: number | undefined;
    /** A figure takes the place of the diagram that follows it. */
    let isDrawn = false;
    for (const token of tokens as Tokens.Generic[]) {
        if (token.type === 'space') continue;
        const [, figure] = token.type === 'html' ? (FIGURE.exec(token.raw) ?? []) : [];
        if (figure !== undefined) {
            const drawn = options.figure(figure);
            parts.push(drawn);
            isDrawn = drawn !== '';
            continue;
        }
        const isDiagram = token.type === 'code' && languageOf(token as Tokens.Code) === 'mermaid';
        if (!(isDiagram && isDrawn)) parts.push(block(token, context));
        isDrawn = false;
        if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) {
            leadLength ??= parts.length - 1;
            headings.push({ id: /id="([^"]+)"/.exec(parts.at(-1)!)![1]!, text: plain(token.tokens ?? []) });
        }
    }
    const definitions = new Map(
        (tokens as unknown as DefinitionToken[]).flatMap(({ type, id, text: note }) =>
            type === 'definition' ? [[id, note]] : [],
        ),
    );
    const join = (some: readonly string[]): string => some.filter((part) => part !== '').join('\n');
    return { html: join([...parts, notes(definitions, context)]), lead: join(parts.slice(0, leadLength)), headings };
}

function block(token: Tokens.Generic, context: Context): string {
    switch (token.type) {
        case 'heading':
            return heading(token as Tokens.Heading, context);
        case 'paragraph':
            return `<p>${inline(token.tokens ?? [], context)}</p>`;
        case 'text':
            return token.tokens ? inline(token.tokens, context) : escapeMarkup(token.text as string);
        case 'code':
            return code(token as Tokens.Code);
        case 'list':
            return list(token as Tokens.List, context);
        case 'blockquote':
            return `<blockquote>${blocks(token.tokens ?? [], context)}</blockquote>`;
        case 'table':
            return table(token as Tokens.Table, context);
        case 'hr':
            return '<hr>';
        default:
            return '';
    }
}

function blocks(tokens: readonly Token[], context: Context): string {
    return tokens.map((token) => block(token as Tokens.Generic, context)).join('\n');
}

function heading({ depth, tokens }: Tokens.Heading, context: Context): string {
    const id = context.slugger.slug(plain(tokens));
    const inner = inline(tokens, context);
    if (depth === 1) return `<h1 id="${id}">${inner}</h1>`;
    return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>`;
}

function languageOf({ lang = '' }: Tokens.Code): string {
    return lang.split(/\s/)[0] ?? '';
}

/** What a block is called where its language is no name. */
const NAMES: Readonly<Record<string, string>> = { '': 'Code', console: 'Terminal' };

function code(token: Tokens.Code): string {
    const language = languageOf(token);
    if (language === 'mermaid') {
        const root = readDecisions(token.text);
        // Nothing here draws another diagram, and its source is no picture.
        return root ? tree(root) : '';
    }
    const name = NAMES[language] ?? language;
    const label = `aria-label="${escapeMarkup(name)}"`;
    return `<pre class="code" tabindex="0" role="group" ${label}><code>${highlight(token.text, language)}</code></pre>`;
}

/** Decisions as a list of lists, which can be read without seeing it. */
function tree(root: Decision): string {
    const decision = ({ text, answers }: Decision): string =>
        answers.length === 0
            ? `<strong>${escapeMarkup(text)}</strong>`
            : `${escapeMarkup(text)}<ul>${answers
                  .map(
                      ({ label, then }) =>
                          `<li><span class="answer">${escapeMarkup(label)}</span> ${decision(then)}</li>`,
                  )
                  .join('')}</ul>`;
    return `<div class="decisions">${decision(root)}</div>`;
}

function list({ ordered, start, items }: Tokens.List, context: Context): string {
    const inner = items.map((item) => `<li>${blocks(item.tokens, context)}</li>`).join('\n');
    if (!ordered) return `<ul>${inner}</ul>`;
    return `<ol${Number(start) === 1 ? '' : ` start="${start}"`}>${inner}</ol>`;
}

function table({ header, rows }: Tokens.Table, context: Context): string {
    const head = header.map((cell) => `<th scope="col">${inline(cell.tokens, context)}</th>`).join('');
    const body = rows.map((row) => {
        const [first, ...rest] = row.map((cell) => inline(cell.tokens, context));
        return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    });
    // Where it is wider than the page it scrolls, so it is reached by keyboard, under a name.
    const name = `Table: ${header
        .map((cell) => plain(cell.tokens))
        .filter(Boolean)
        .join(', ')}`;
    return (
        `<div class="table" tabindex="0" role="group" aria-label="${escapeMarkup(name)}"><table>` +
        `<thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`
    );
}

function inline(tokens: readonly Token[], context: Context): string {
    return tokens.map((token) => span(token as Tokens.Generic, context)).join('');
}

function span(token: Tokens.Generic, context: Context): string {
    const inner = (): string => inline(token.tokens ?? [], context);
    switch (token.type) {
        case 'text':
            return token.tokens ? inner() : escapeMarkup(decoded(token.text as string));
        case 'escape':
            return escapeMarkup(token.text as string);
        case 'strong':
            return `<strong>${inner()}</strong>`;
        case 'em':
            return `<em>${inner()}</em>`;
        case 'del':
            return `<del>${inner()}</del>`;
        case 'codespan':
            return `<code>${escapeMarkup(token.text as string)}</code>`;
        case 'br':
            return '<br>';
        case 'link':
            return link((token as Tokens.Link).href, inner(), context);
        case 'image':
            return image(token as Tokens.Image, context);
        case 'footnote':
            return mark(token.id as string, context);
        default:
            return '';
    }
}

/** Text with the few entities that Markdown needs as the characters that they are. */
function decoded(text: string): string {
    return text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
}

function link(href: string, inner: string, { hrefOf }: MarkdownOptions): string {
    if (href.startsWith('#')) return `<a href="${escapeMarkup(href)}">${inner}</a>`;
    if (EXTERNAL.test(href)) return `<a href="${escapeMarkup(href)}" rel="noreferrer">${inner}</a>`;
    const place = hrefOf(href);
    return place === undefined ? inner : `<a href="${escapeMarkup(place)}">${inner}</a>`;
}

function image({ href, text }: Tokens.Image, { hrefOf }: MarkdownOptions): string {
    const place = hrefOf(href);
    return place === undefined ? escapeMarkup(text) : `<img src="${escapeMarkup(place)}" alt="${escapeMarkup(text)}">`;
}

/** The number of a footnote, which opens it. */
function mark(id: string, { notes: known }: Context): string {
    if (!known.includes(id)) known.push(id);
    const number = known.indexOf(id) + 1;
    return `<sup><button type="button" class="mark" popovertarget="note-${number}" aria-label="Footnote ${number}">${number}</button></sup>`;
}

/** Footnotes to footnotes there are none. */
function notes(definitions: ReadonlyMap<string, string>, context: Context): string {
    if (context.notes.length === 0) return '';
    const items = context.notes.map((id, n) => {
        const text = inline(lexInline(definitions.get(id) ?? '') as Token[], { ...context, notes: [] });
        return `<aside popover id="note-${n + 1}" class="note" aria-label="Footnote ${n + 1}"><sup>${n + 1}</sup> ${text}</aside>`;
    });
    return `<div class="notes">${items.join('\n')}</div>`;
}

/** The text of inline tokens, without its markup. */
function plain(tokens: readonly Token[]): string {
    return tokens
        .map((token) => {
            const { type, tokens: inner, text = '' } = token as Tokens.Generic;
            if (type === 'footnote') return '';
            return inner ? plain(inner) : type === 'text' ? decoded(text as string) : (text as string);
        })
        .join('');
}
