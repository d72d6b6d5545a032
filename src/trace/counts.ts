/** ASINs with the number of offers scraped from each: what the exercise asks for. */
export type Counts = Record<string, number>;

const ASIN = /^[A-Z0-9]{10}$/;
const PAIR = /["']?([A-Z0-9]{10})["']?\s*:\s*(\d+)/;
const OBJECT = new RegExp(`\\{\\s*(?:${PAIR.source}\\s*(?:,\\s*|(?=\\})))*\\}`, 'g');
/** How much of a log is kept while an object that spans lines has not ended. */
const MAX_OPEN_LENGTH = 100_000;

/** All objects of counts in a text, as JSON or as `console.log` writes an object, also inside other objects. */
export function countsIn(text: string): Counts[] {
    return [...text.matchAll(OBJECT)].map(([object]) =>
        Object.fromEntries(
            [...object.matchAll(new RegExp(PAIR, 'g'))].map(([, asin, count]) => [asin!, Number(count)]),
        ),
    );
}

/** Reads a log line by line and finds the objects of counts in it, also those that span lines. */
export class CountsReader {
    #open = '';

    /** The objects that end on this line. */
    read(line: string): Counts[] {
        const text = this.#open === '' ? line : `${this.#open}\n${line}`;
        const start = text.lastIndexOf('{');
        const isOpen = start > text.lastIndexOf('}') && text.length - start < MAX_OPEN_LENGTH;
        this.#open = isOpen ? text.slice(start) : '';
        return countsIn(isOpen ? text.slice(0, start) : text);
    }
}

/** The object of counts in a JSON value: the value itself, or what is nested in it. An empty object is the last resort. */
export function countsWithin(value: unknown): Counts | undefined {
    const found = objectsIn(value).filter((object) => Object.entries(object).every(isCount));
    return (found.find((object) => Object.keys(object).length > 0) ?? found[0]) as Counts | undefined;
}

function objectsIn(value: unknown): object[] {
    if (typeof value !== 'object' || value === null) return [];
    const nested = Object.values(value).flatMap(objectsIn);
    return Array.isArray(value) ? nested : [value, ...nested];
}

function isCount([key, value]: [string, unknown]): boolean {
    return ASIN.test(key) && typeof value === 'number';
}
