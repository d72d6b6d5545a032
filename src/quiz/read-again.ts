const LESSON = /\blessons\/0*\d+-[\w.-]+\.md(?:#[\w-]+)?/g;

/**
 * Where a lesson teaches something, as a learner opens it: its command, and the section by its name.
 *
 * @param link As questions have it: `lessons/03-hearing-it-coming.md#the-events`.
 * @example
 * readAgain('lessons/03-hearing-it-coming.md#the-events'); // '`npm run lesson -- 3`, The events'
 */
function readAgain(link: string): string {
    const [, number, section] = /^lessons\/0*(\d+)-[^#]*(?:#(.+))?$/.exec(link)!;
    const words = section?.replaceAll('-', ' ') ?? '';
    const named = words === '' ? '' : `, ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    return `\`npm run lesson -- ${number}\`${named}`;
}

/** A text in which lessons are named by their files, as a terminal shows it: with the commands that open them. */
export function withLessonCommands(text: string): string {
    return text.replaceAll(LESSON, readAgain);
}
