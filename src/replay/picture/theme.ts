/** Colours and font of the picture, which are those of the page: CSS variables of the same names. */
export const THEME_NAMES = [
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
] as const;

export type Theme = Record<(typeof THEME_NAMES)[number], string>;
