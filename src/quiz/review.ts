import { type Card, createEmptyCard, fsrs, type Grade, Rating, State } from 'ts-fsrs';
import * as v from 'valibot';

const date = v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((text) => new Date(text)),
);

/** A card of ts-fsrs as JSON holds it: one for each probe that ever went wrong. */
export const cardSchema = v.object({
    due: date,
    stability: v.number(),
    difficulty: v.number(),
    elapsed_days: v.number(),
    scheduled_days: v.number(),
    learning_steps: v.number(),
    reps: v.number(),
    lapses: v.number(),
    state: v.enum(State),
    last_review: v.optional(date),
});

/** By question and probe, see `cardKey`. */
export type Cards = Readonly<Record<string, Card>>;

export function cardKey(question: number, probe: string): string {
    return `${question}/${probe}`;
}

// What goes wrong comes back after ten minutes, then after days. No fuzz: the same answers give the same due times.
const scheduler = fsrs({ learning_steps: ['10m'], relearning_steps: ['10m'], enable_fuzz: false });

/**
 * Files an answer. A probe gets a card when it first goes wrong; from then on every answer to it moves its due time.
 *
 * @param credit From 0 to 1: less than half counts as forgotten, less than all as hard.
 */
export function fileAnswer(cards: Cards, key: string, credit: number, now: Date): Cards {
    const card = cards[key];
    if (!card && credit === 1) return cards;
    return { ...cards, [key]: scheduler.next(card ?? createEmptyCard(now), now, ratingOf(credit)).card };
}

function ratingOf(credit: number): Grade {
    if (credit === 1) return Rating.Good;
    return credit >= 0.5 ? Rating.Hard : Rating.Again;
}

/** Keys of the cards that are due, the longest due first. */
export function dueKeys(cards: Cards, now: Date): string[] {
    return Object.entries(cards)
        .filter(([, { due }]) => due <= now)
        .sort(([, a], [, b]) => a.due.getTime() - b.due.getTime())
        .map(([key]) => key);
}
