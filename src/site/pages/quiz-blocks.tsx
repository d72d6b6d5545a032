import type { ComponentChildren } from 'preact';

import { type Block, SIGN_TEXTS, VERDICT_SIGNS } from '../../quiz/block.js';
import type { QuizLinks } from '../quiz/quiz-links.js';

interface BlocksProperties {
    blocks: readonly Block[];
    links: QuizLinks;
}

/** The id of what a page of the quiz is about: what came of an answer, else what is asked. Addresses lead to it. */
export const HERE = 'here';

/** What the quiz shows, in the order of its blocks. */
export function Blocks({ blocks, links }: BlocksProperties) {
    const shown = blocks.filter(({ type }) => type !== 'gap');
    const here = shown.find(({ type }) => type === 'verdict') ?? shown.find(({ type }) => type === 'title');
    const parts: ComponentChildren[] = [];
    for (let at = 0; at < shown.length; at++) {
        const block = shown[at]!;
        if (block.type !== 'item') {
            parts.push(<Part key={at} block={block} links={links} isHere={block === here} />);
            continue;
        }
        const end = shown.findIndex(({ type }, i) => i > at && type !== 'item');
        const items = shown.slice(at, end === -1 ? undefined : end);
        parts.push(
            <ul key={at} class="quiz-items">
                {items.map((item, i) => (
                    <Item key={i} item={item as Item} links={links} />
                ))}
            </ul>,
        );
        at += items.length - 1;
    }
    return <>{parts}</>;
}

type Item = Extract<Block, { type: 'item' }>;

interface PartProperties {
    block: Exclude<Block, Item>;
    links: QuizLinks;
    isHere: boolean;
}

function Part({ block, links, isHere }: PartProperties) {
    const mark = isHere ? { id: HERE, tabIndex: -1 } : {};
    switch (block.type) {
        case 'title':
            return <h2 {...mark}>{block.text}</h2>;
        case 'text':
            return <Prose text={block.text} links={links} />;
        case 'aside':
            return <Prose text={block.text} links={links} kind="aside" />;
        case 'verdict':
            return (
                <p class={`judged ${block.sign}`} {...mark}>
                    <span class="sign" aria-hidden="true">
                        {VERDICT_SIGNS[block.sign]}
                    </span>{' '}
                    {block.text}
                </p>
            );
        case 'gap':
            return null;
    }
}

function Item({ item: { sign, text, note, why }, links }: { item: Item; links: QuizLinks }) {
    const { sign: drawn, word } = SIGN_TEXTS[sign];
    return (
        <li class={sign.replaceAll(' ', '-')}>
            <span class="sign" aria-hidden="true">
                {drawn}
            </span>
            <div>
                <p>
                    {sign !== 'none' && <span class="hidden">{word} </span>}
                    <Inline text={text} links={links} />
                    {note !== undefined && (
                        <>
                            {' '}
                            <span class="badge">
                                <Inline text={note} links={links} />
                            </span>
                        </>
                    )}
                </p>
                {why !== undefined && <Prose text={why} links={links} kind="why" />}
            </div>
        </li>
    );
}

/** Paragraphs of a text of the quiz. */
export function Prose({ text, links, kind }: { text: string; links: QuizLinks; kind?: string }) {
    return (
        <>
            {text
                .trim()
                .split(/\n\s*\n/)
                .map((paragraph, i) => (
                    <p key={i} class={kind}>
                        <Inline text={paragraph} links={links} />
                    </p>
                ))}
        </>
    );
}

/** What is code, and what leads to a lesson. */
const MARKED = /(`[^`]+`|lessons\/[\w-]+\.md(?:#[\w-]+)?)/;

/** Prose in a line: backticks mark code, and lessons are linked. */
export function Inline({ text, links }: { text: string; links: QuizLinks }) {
    return (
        <>
            {text.split(MARKED).map((part, i) => {
                if (part.startsWith('`') && part.length > 1) return <code key={i}>{part.slice(1, -1)}</code>;
                const lesson = links.lessons[part];
                if (!lesson) return part;
                return (
                    <a key={i} href={lesson.href}>
                        {lesson.text}
                    </a>
                );
            })}
        </>
    );
}
