/** Sequences by which a program colours its output or moves the cursor (ECMA-48), and titles of windows. */
const ESCAPES =
    // eslint-disable-next-line no-control-regex -- These are what it looks for.
    /[\u001B\u009B](?:\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[[()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;
/** Control characters but for tab and line break, and those that turn the direction of what follows (UAX #9). */
// eslint-disable-next-line no-control-regex -- These are what it looks for.
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Most texts have none of them, and are told so at once. */
// eslint-disable-next-line no-control-regex -- These are what it looks for.
const ANY = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;

/**
 * What a program has printed or stored, as a person can see it and nothing else: without colours, and with a sign in
 * place of each character that can't be seen or that changes how others are shown.
 *
 * @example
 * plainText('\u001b[31mred\u001b[39m \u202egnp.exe'); // 'red �gnp.exe'
 */
export function plainText(text: string): string {
    if (!ANY.test(text)) return text;
    return text.replaceAll(ESCAPES, '').replaceAll(UNSEEN, '\uFFFD');
}
