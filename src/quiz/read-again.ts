/**
 * Where a lesson teaches something, as a learner opens it: its command, and the section by its name.
 *
 * @param link As questions have it: `lessons/03-hearing-it-coming.md#the-events`.
 * @example
 * readAgain('lessons/03-hearing-it-coming.md#the-events'); // '`npm run lesson -- 3`, The events'
 */
export function readAgain(link: string): string {
    const [, number, section] = /^lessons\/0*(\d+)-[^#]*(?:#(.+))?$/.exec(link)!;
    const words = section?.replaceAll('-', ' ') ?? '';
    const named = words === '' ? '' : `, ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    return `\`npm run lesson -- ${number}\`${named}`;
}
