/** What XML 1.0 can't hold, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Escapes text for XML and HTML, for elements and double-quoted attributes alike. What XML cannot hold at all becomes U+FFFD. */
export function escapeMarkup(text: string): string {
    return text
        .replaceAll(NOT_IN_XML, '\uFFFD')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll('\r', '&#13;');
}

/** The same for an attribute whose line breaks and tabs are to stay what they are: XML takes them for spaces there. */
export function escapeAttribute(text: string): string {
    return escapeMarkup(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
