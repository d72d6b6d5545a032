/** Where something stands in a JSON value: names of fields, and places in lists from 0. */
export type Path = readonly (string | number)[];

/** As in code: `offers[2].price`; empty for the value itself. */
export function pathText(path: Path): string {
    return path
        .map((step, i) => {
            if (typeof step === 'number') return `[${step}]`;
            if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
            return i === 0 ? step : `.${step}`;
        })
        .join('');
}

/** The same for the same place in whatever item of a list: `offers[].price`. */
export function generalPath(path: Path): string {
    return path.map((step) => (typeof step === 'number' ? '[]' : `.${step}`)).join('');
}

/** The field that something stands in; undefined for the value itself and the items of a list that is one. */
export function fieldOf(path: Path): string | undefined {
    return path.findLast((step) => typeof step === 'string');
}
