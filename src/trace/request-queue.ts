/** A request as the API stores it. `id` is made from `uniqueKey`. */
export interface QueueRequest {
    id: string;
    uniqueKey: string;
    url: string;
    method?: string;
    retryCount?: number;
    /** ISO time; a request that has it is handled and never at the head again. */
    handledAt?: string | null;
    [field: string]: unknown;
}

interface Lock {
    /** Milliseconds since the epoch. */
    until: number;
    clientKey: string | undefined;
    runId: string | undefined;
}

interface QueueEntry {
    request: QueueRequest;
    /** Place in the queue; handled requests have none. */
    order: number | undefined;
    lock: Lock | undefined;
    /** Counts additions: where a listing can go on, whatever has been deleted in the meantime. */
    readonly sequence: number;
}

/** Who asks: the API grants a lock's holder access by client key or by run. */
export interface LockHolder {
    clientKey?: string | undefined;
    runId?: string | undefined;
}

/**
 * Requests, their order and their locks. Time is always passed in, so that folding a journal gives the same queue.
 * Places at the head are a sorted list in which outdated places are skipped and cut off when they reach the front.
 */
export class RequestQueue {
    #entries = new Map<string, QueueEntry>();
    #places: { order: number; id: string }[] = [];
    #front = 0;
    #lowest = 0;
    #highest = 0;
    #lastSequence = 0;
    #locked = new Set<string>();
    #clientKeys = new Set<string>();
    handledCount = 0;
    /** Milliseconds since the epoch of the last change. */
    modifiedAt = 0;

    get totalCount(): number {
        return this.#entries.size;
    }

    get pendingCount(): number {
        return this.#entries.size - this.handledCount;
    }

    get hadMultipleClients(): boolean {
        return this.#clientKeys.size > 1;
    }

    get(id: string): QueueRequest | undefined {
        return this.#entries.get(id)?.request;
    }

    /** The unexpired lock of a request. */
    lockOf(id: string, now: number): Lock | undefined {
        const lock = this.#entries.get(id)?.lock;
        return lock && lock.until > now ? lock : undefined;
    }

    /** True when somebody other than the holder has the request locked. */
    isLockedByOther(id: string, holder: LockHolder, now: number): boolean {
        const lock = this.lockOf(id, now);
        return lock !== undefined && !owns(lock, holder);
    }

    /** Requests in the order in which they were first added, from after a sequence number on. */
    *listing(after = 0): Generator<{ request: QueueRequest; sequence: number }> {
        for (const { request, sequence } of this.#entries.values()) {
            if (sequence > after) yield { request, sequence };
        }
    }

    sequenceOf(id: string): number | undefined {
        return this.#entries.get(id)?.sequence;
    }

    *ids(): IterableIterator<string> {
        yield* this.#entries.keys();
    }

    /** Pending requests from the head on that nobody has locked. */
    head(limit: number, now: number): QueueRequest[] {
        const found: QueueRequest[] = [];
        for (let i = this.#front; i < this.#places.length && found.length < limit; i++) {
            const place = this.#places[i]!;
            const entry = this.#entries.get(place.id);
            if (entry?.order !== place.order) {
                if (i === this.#front) this.#front++;
            } else if (!entry.lock || entry.lock.until <= now) {
                found.push(entry.request);
            }
        }
        if (this.#front > 1_000 && this.#front * 2 > this.#places.length) {
            this.#places = this.#places.slice(this.#front);
            this.#front = 0;
        }
        return found;
    }

    hasLockedRequests(now: number): boolean {
        for (const id of this.#locked) {
            if (this.lockOf(id, now)) return true;
            this.#locked.delete(id);
        }
        return false;
    }

    /** Ids whose unexpired lock the holder has. */
    lockedBy(holder: LockHolder, now: number): string[] {
        return [...this.#locked].filter((id) => {
            const lock = this.lockOf(id, now);
            return lock !== undefined && owns(lock, holder);
        });
    }

    /** Calls without a client key count as one more client, as the API says. */
    sawClient(clientKey = ''): void {
        this.#clientKeys.add(clientKey);
    }

    hasSeenClient(clientKey = ''): boolean {
        return this.#clientKeys.has(clientKey);
    }

    /**
     * Adds a request, or replaces the one with the same id. It goes to the end of the queue, or to its head with
     * `forefront`. A handled request leaves the head and loses its lock.
     */
    put(request: QueueRequest, forefront: boolean): void {
        const existing = this.#entries.get(request.id);
        if (existing?.request.handledAt) this.handledCount--;
        const sequence = existing?.sequence ?? ++this.#lastSequence;
        const entry: QueueEntry = { request, order: existing?.order, lock: existing?.lock, sequence };
        this.#entries.set(request.id, entry);
        if (request.handledAt) {
            this.handledCount++;
            entry.order = undefined;
            entry.lock = undefined;
            this.#locked.delete(request.id);
        } else {
            this.#place(entry, forefront);
        }
    }

    delete(id: string): void {
        const entry = this.#entries.get(id);
        if (!entry) return;
        if (entry.request.handledAt) this.handledCount--;
        this.#entries.delete(id);
        this.#locked.delete(id);
    }

    /** Locks a request. `forefront` moves it to the head or, when false, to the end; without it, it keeps its place. */
    lock(id: string, until: number, holder: LockHolder, forefront?: boolean): void {
        const entry = this.#entries.get(id);
        if (!entry || entry.request.handledAt) return;
        entry.lock = { until, clientKey: holder.clientKey, runId: holder.runId };
        this.#locked.add(id);
        if (forefront !== undefined) this.#place(entry, forefront);
    }

    /** Unlocks a request. `forefront` moves it as in `lock`. */
    unlock(id: string, forefront?: boolean): void {
        const entry = this.#entries.get(id);
        this.#locked.delete(id);
        if (!entry) return;
        entry.lock = undefined;
        if (forefront !== undefined && !entry.request.handledAt) this.#place(entry, forefront);
    }

    clone(): RequestQueue {
        const clone = new RequestQueue();
        clone.#entries = new Map([...this.#entries].map(([id, entry]) => [id, { ...entry }]));
        clone.#places = [...this.#places];
        clone.#front = this.#front;
        clone.#lowest = this.#lowest;
        clone.#highest = this.#highest;
        clone.#lastSequence = this.#lastSequence;
        clone.#locked = new Set(this.#locked);
        clone.#clientKeys = new Set(this.#clientKeys);
        clone.handledCount = this.handledCount;
        clone.modifiedAt = this.modifiedAt;
        return clone;
    }

    #place(entry: QueueEntry, forefront: boolean): void {
        entry.order = forefront ? --this.#lowest : ++this.#highest;
        const place = { order: entry.order, id: entry.request.id };
        if (!forefront) this.#places.push(place);
        else if (this.#front > 0) this.#places[--this.#front] = place;
        else this.#places.unshift(place);
    }
}

function owns(lock: Lock, holder: LockHolder): boolean {
    return (
        (lock.clientKey !== undefined && lock.clientKey === holder.clientKey) ||
        (lock.runId !== undefined && lock.runId === holder.runId)
    );
}
