import { type Theme, THEME_NAMES } from '../picture/theme.js';

/** Reads the colours that hold for an element now: light, dark, or of high contrast. */
export function themeOf(element: Element): Theme {
    const style = getComputedStyle(element);
    const entries = THEME_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
    return Object.fromEntries(entries) as Theme;
}
