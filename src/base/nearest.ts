/** The names that are most like a name that there is not, the most alike first: how many letters must change. */
export function nearest(name: string, names: Iterable<string>, count = 3): string[] {
    const word = name.toLowerCase();
    return [...new Set(names)]
        .map((candidate) => ({ candidate, distance: changesBetweenWords(word, candidate.toLowerCase()) }))
        .sort((a, b) => a.distance - b.distance)
        .slice(0, count)
        .map(({ candidate }) => candidate);
}

/** Letters to insert, to delete or to replace (Levenshtein's distance). */
function changesBetweenWords(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
        }
        row = next;
    }
    return row[to.length]!;
}
