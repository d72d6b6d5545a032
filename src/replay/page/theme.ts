/** Colours and font of the picture, which are those of the page: light, dark, or of high contrast. */
export interface Theme {
    font: string;
    text: string;
    dim: string;
    line: string;
    panel: string;
    ground: string;
    flight: string;
    again: string;
    lock: string;
    save: string;
    push: string;
    event: string;
    strike: string;
    object: string;
    owed: string;
    tick: string;
}

const NAMES = [
    'font',
    'text',
    'dim',
    'line',
    'panel',
    'ground',
    'flight',
    'again',
    'lock',
    'save',
    'push',
    'event',
    'strike',
    'object',
    'owed',
    'tick',
] as const satisfies readonly (keyof Theme)[];

/** Reads the colours that hold for an element now. */
export function themeOf(element: Element): Theme {
    const style = getComputedStyle(element);
    const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
    return Object.fromEntries(entries) as Theme;
}
