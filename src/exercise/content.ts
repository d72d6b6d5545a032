import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { projectRoot } from '../base/paths.js';

const text = v.pipe(v.string(), v.nonEmpty());

const adviceSchema = v.record(v.string(), v.strictObject({ seen: text, advice: text }));

const hintsSchema = v.array(
    v.strictObject({ stage: v.pipe(v.number(), v.integer()), hints: v.tuple([text, text, text]) }),
);

const smallTextsSchema = v.strictObject({ hints: v.tuple([text, text, text]), advice: adviceSchema });

/** What is said of something that a trial has shown. Words in braces stand for what was found. */
export type Advice = v.InferOutput<typeof adviceSchema>[string];

/** Three hints a stage, from a nudge to nearly the answer. */
export type StageHints = v.InferOutput<typeof hintsSchema>[number];

/**
 * All advice, by what it is for.
 *
 * @throws Error when the file is not as it should be.
 */
export function readAdvice(): Record<string, Advice> {
    return v.parse(adviceSchema, readJson('advice.json'));
}

/**
 * @throws Error when the file is not as it should be.
 */
export function readHints(): StageHints[] {
    return v.parse(hintsSchema, readJson('hints.json'));
}

/** Hints and advice of a small exercise. */
export type SmallTexts = v.InferOutput<typeof smallTextsSchema>;

/**
 * The texts of a small exercise; among its advice also what is said of any Actor.
 *
 * @param folder Below `exercises/`.
 * @throws Error when a file is not as it should be.
 */
export function readSmallTexts(folder: string): SmallTexts {
    const { hints, advice } = v.parse(smallTextsSchema, readJson(join(folder, 'texts.json')));
    return { hints, advice: { ...readAdviceForAll(), ...advice } };
}

/**
 * What is said of an Actor that does not come to its end, whatever the exercise.
 *
 * @throws Error when the file is not as it should be.
 */
export function readAdviceForAll(): Record<string, Advice> {
    return v.parse(adviceSchema, readJson('any-actor.json'));
}

function readJson(file: string): unknown {
    return JSON.parse(readFileSync(join(projectRoot, 'exercises', file), 'utf8'));
}

/** Puts what was found into a text: `{error}` becomes the value of `error`. Other braces stay. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
    return template.replace(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);
}
