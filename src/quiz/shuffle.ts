import { seededRandom, shuffledPlaces } from '../base/random.js';
import type { Probe } from './question.js';

/** In which order a probe shows its parts: places in the question's file. */
export interface Layout {
    /** Choices or items. */
    order: number[];
    /** Groups of a match. */
    groups: number[];
}

/** The same seed and probe always give the same layout. Items to be put in order never stand in it already. */
export function layoutOf(probe: Probe, seed: number): Layout {
    const random = seededRandom(hashOf(`${seed}/${probe.id}`));
    const order = shuffledPlaces(partsOf(probe), random);
    const groups = shuffledPlaces(probe.kind === 'match' ? probe.groups.length : 0, random);
    const isGivenAway = probe.kind === 'order' && order.every((place, at) => place === at);
    return { order: isGivenAway ? order.toReversed() : order, groups };
}

function partsOf(probe: Probe): number {
    if ('choices' in probe) return probe.choices.length;
    return 'items' in probe ? probe.items.length : 0;
}

/** 32 bits of a text by FNV-1a: neighbouring texts give unlike ones. */
export function hashOf(text: string): number {
    let value = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    return value >>> 0;
}
