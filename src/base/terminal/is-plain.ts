/** Whether nothing is to be drawn over: for a screen reader, or a terminal that can't move its cursor. */
export function isPlain(flag: boolean): boolean {
    const { ACCESSIBLE, TERM } = process.env;
    return flag || TERM === 'dumb' || (ACCESSIBLE !== undefined && !['', '0'].includes(ACCESSIBLE));
}
