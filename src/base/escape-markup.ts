/** Text as it stands within HTML or XML, also within an attribute's quotes. */
export function escaped(text: string): string {
    return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
