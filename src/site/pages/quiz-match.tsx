import type { Option } from '../../quiz/form.js';
import type { ProbeOf } from '../../quiz/question.js';
import { layoutOf } from '../../quiz/shuffle.js';
import { type Fields, groupField } from '../quiz/fields.js';
import type { QuizLinks } from '../quiz/quiz-links.js';
import { Inline } from './quiz-blocks.js';

/** A match: each item belongs to a group. */
export interface MatchProperties {
    /** What it is kept under while the page is loaded again. */
    name: string;
    items: readonly Option[];
    groups: readonly Option[];
    /** The place in `groups` of each item's group; null where none is chosen yet. */
    chosen: readonly (number | null)[];
}

interface MatchState {
    name: string;
    seed: number;
    /** Groups of the items that the terminal has asked for so far, in the order shown. */
    placed: readonly number[];
    /** What a form was sent with that was no answer. */
    given?: Fields | undefined;
}

/** A match as a page shows it. */
export function matchOf(probe: ProbeOf<'match'>, { name, seed, placed, given }: MatchState): MatchProperties {
    const { order, groups } = layoutOf(probe, seed);
    return {
        name,
        items: order.map((value) => ({ value, text: probe.items[value]!.text })),
        groups: groups.map((value) => ({ value, text: probe.groups[value]! })),
        chosen: order.map((item, at) => {
            const sent = given?.get(groupField(item));
            const place = groups.findIndex((group) => (sent ? String(group) === sent : group === placed[at]));
            return place === -1 ? null : place;
        }),
    };
}

/** A match as a list, each item with its groups to choose from. */
export function Match({ items, groups, chosen, links }: MatchProperties & { links: QuizLinks }) {
    return (
        <>
            <div class="match" role="group" aria-describedby="ask">
                {items.map((item, at) => (
                    <MatchItem key={item.value} {...{ item, groups, links }} chosen={chosen[at] ?? null} />
                ))}
            </div>
            <p class="actions">
                <button type="submit">Answer</button>
            </p>
        </>
    );
}

interface MatchItemProperties {
    item: Option;
    groups: readonly Option[];
    /** Place of its group. */
    chosen: number | null;
    links: QuizLinks;
    onChoose?: (group: number) => void;
}

/** An item of a match with its groups to choose from. */
export function MatchItem({ item, groups, chosen, links, onChoose }: MatchItemProperties) {
    return (
        <fieldset>
            <legend>
                <Inline text={item.text} links={links} />
            </legend>
            {groups.map(({ value, text }, place) => (
                <label key={value} class="choice">
                    <input
                        type="radio"
                        name={groupField(item.value)}
                        value={value}
                        required
                        checked={chosen === place}
                        data-what={`group ${place}`}
                        onChange={() => onChoose?.(place)}
                    />
                    <span>
                        <Inline text={text} links={links} />
                    </span>
                </label>
            ))}
        </fieldset>
    );
}
