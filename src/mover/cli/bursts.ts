import type { ToldKind } from '../../trace/story.js';
import { counted, firstOf } from '../../trace/words.js';
import type { TimelineEvent } from './timeline.js';

/** What comes within so many milliseconds shares a line with others of its kind. */
const WINDOW_MILLIS = 800;
/** Names that a line lists at most. */
const MAX_NAMED = 3;

const JOINED: readonly ToldKind[] = ['asked', 'handled', 'push'];

/**
 * Puts what comes at about the same time into one line: a crawler asks for ten pages at once, and some Actors push row
 * by row. Whatever else happens comes between, so the order of lines is that of the run.
 */
export class Bursts {
    readonly #waiting = new Map<string, TimelineEvent[]>();
    #beganAt = 0;

    constructor(private readonly print: (event: TimelineEvent) => void) {}

    add(event: TimelineEvent): void {
        const { kind, weight, of } = event.told;
        if (!JOINED.includes(kind) || of !== undefined) {
            this.flush();
            this.print(event);
            return;
        }
        if (this.#waiting.size > 0 && event.at - this.#beganAt > WINDOW_MILLIS) this.flush();
        if (this.#waiting.size === 0) this.#beganAt = event.at;
        const key = `${kind} ${weight} ${kind === 'handled' ? endOf(event.told.text) : ''}`;
        this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), event]);
    }

    /** Prints what waits for more of its kind. */
    flush(): void {
        const waiting = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const events of waiting) this.print(joined(events));
    }
}

function joined(events: readonly TimelineEvent[]): TimelineEvent {
    const [first, last] = [events[0]!, events.at(-1)!];
    if (events.length === 1) return last;
    return { ...last, at: first.at, told: { ...last.told, text: textOf(events) } };
}

function textOf(events: readonly TimelineEvent[]): string {
    const [{ told }] = events as [TimelineEvent];
    if (told.kind === 'push') {
        const rows = events.reduce((sum, event) => sum + (event.told.rows?.count ?? 0), 0);
        const again = events.reduce((sum, event) => sum + (event.told.rows?.again ?? 0), 0);
        const asins = [...new Set(events.flatMap((event) => event.told.rows?.asins ?? []))];
        const of = asins.length > 0 ? `, of ${firstOf(asins, MAX_NAMED)}` : '';
        return `${counted(rows, 'row')} pushed${of}${again > 0 ? `; ${again} of them had been there before` : ''}`;
    }
    const pages = events.map((event) => event.told.page ?? '');
    const what = told.kind === 'asked' ? (told.weight === 4 ? 'fetched again' : 'asked for') : endOf(told.text);
    return `${counted(events.length, 'page')} ${what}: ${firstOf(pages, MAX_NAMED)}`;
}

/** `handled`, `handled, not saved yet`: as the sentence of one page ends. */
function endOf(text: string): string {
    return text.slice(text.indexOf('handled'));
}
