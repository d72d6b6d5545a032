const MINUTE_MILLIS = 60_000;
const HOUR_MINUTES = 60;
const DAY_HOURS = 24;

/** How long it is until something is due, for a person: `in 10 minutes`. */
export function dueText(due: Date, now: Date): string {
    const minutes = Math.ceil((due.getTime() - now.getTime()) / MINUTE_MILLIS);
    if (minutes <= 0) return 'now';
    if (minutes < 2 * HOUR_MINUTES) return `in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
    const hours = Math.round(minutes / HOUR_MINUTES);
    if (hours < 2 * DAY_HOURS) return `in ${hours} hours`;
    return `in ${Math.round(hours / DAY_HOURS)} days`;
}
