/** A seeded generator of numbers from 0 up to 1 (mulberry32): the same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** The places 0 to `count` - 1 in an order drawn by Fisher and Yates: every order is equally likely. */
export function shuffledPlaces(count: number, random: () => number): number[] {
    const places = Array.from({ length: count }, (_, place) => place);
    for (let last = count - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        [places[last], places[other]] = [places[other]!, places[last]!];
    }
    return places;
}
