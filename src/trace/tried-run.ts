import type { Subject, TraceEntry } from './recorded.js';

/** Finds, entry by entry, the run that is tried and the one that strikes hit. */
export class TriedRun {
    /** The first run since the last subject; undefined before it is made. */
    id: string | undefined;
    /** The run that strikes hit: the one that is tried, or one that it has started; undefined before it is made. */
    struckId: string | undefined;
    readonly #actors = new Map<string, string>();
    #on: Subject['on'];
    /** Runs so far of the Actor that is meant. */
    #meant = 0;

    add(entry: TraceEntry): void {
        switch (entry.type) {
            case 'actor':
                this.#actors.set(entry.actor.id, entry.actor.name);
                break;
            case 'subject':
                this.id = undefined;
                this.struckId = undefined;
                this.#on = entry.subject.on;
                this.#meant = 0;
                break;
            case 'run.created':
                this.#created(entry.run);
                break;
            case 'forked':
                // Strikes hit the fork itself, whatever they hit in its past.
                this.#on = undefined;
                this.struckId = this.id;
                break;
            default:
        }
    }

    #created({ id, actorId }: { id: string; actorId: string }): void {
        const isTried = this.id === undefined;
        this.id ??= id;
        if (!this.#on) this.struckId = this.id;
        else if (!isTried && this.#actors.get(actorId) === this.#on.actor && ++this.#meant === this.#on.n) {
            this.struckId = id;
        }
    }
}
