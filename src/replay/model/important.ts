import type { Recording } from './recording.js';

/** The entries that matter most, in order, and how many others there are. */
export function importantEntries({ told, first }: Recording, most: number): { indexes: number[]; leftOut: number } {
    const places = [...told.keys()];
    const chosen = places
        // As the sort is stable, of those that matter equally the first ones stay.
        .sort((a, b) => told[b]!.weight - told[a]!.weight)
        .filter((place) => told[place]!.weight > 0)
        .slice(0, most);
    return {
        indexes: chosen.sort((a, b) => a - b).map((place) => first + place),
        leftOut: told.length - chosen.length,
    };
}
