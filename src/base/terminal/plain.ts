/** The option that every command takes. */
export const PLAIN_OPTION = '--plain';

let isChosen = false;

/** Has this process write nothing over, as if its terminal could not move its cursor. */
export function choosePlain(): void {
    isChosen = true;
}

/** Whether nothing may be drawn over: for a screen reader, or in a terminal that can't move its cursor. */
export function isPlain(env: NodeJS.ProcessEnv = process.env): boolean {
    const { ACCESSIBLE, TERM } = env;
    return isChosen || TERM === 'dumb' || (ACCESSIBLE !== undefined && !['', '0'].includes(ACCESSIBLE));
}

/** Whether what was written to an output can be written over. */
export function canRedraw(output: NodeJS.WriteStream): boolean {
    return output.isTTY && !isPlain();
}
