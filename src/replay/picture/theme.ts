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

/** The page's own colours, whatever they are. The size of its letters is known where it is drawn. */
export const PAGE_THEME: Theme = {
    ...(Object.fromEntries(THEME_NAMES.map((name) => [name, `var(--${name})`])) as Theme),
    font: '11px',
};
