interface Kept {
    places?: { name: string; places: number[] };
}

/** What was put where before this page was loaded again: a place for each item. */
export function placesKept(name: string, count: number): number[] | undefined {
    const kept = (history.state as Kept | null)?.places;
    return kept?.name === name && kept.places.length === count ? kept.places : undefined;
}

/** Keeps with the page what is put where, so that it is there when the page is loaded again. */
export function keepPlaces(name: string, places: number[]): void {
    history.replaceState({ ...(history.state as Kept | null), places: { name, places } }, '');
}
