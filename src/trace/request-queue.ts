import { type Lock, type LockHolder, Locks, type LocksData, owns } from './locks.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';
import { Shelf, type ShelfData } from './shelf.js';
import { SortedList } from './sorted-list.js';

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

/** A request that lies on disk. */
export class RequestOnDisk extends PlaceOnDisk {
    constructor(
        offset: number,
        length: number,
        readonly id: string,
        readonly isHandled: boolean,
    ) {
        super(offset, length);
    }
}

/** A queue as plain data. */
export interface RequestQueueData {
    numbers: Map<string, number>;
    requests: ShelfData<QueueRequest>;
    places: number[];
    lowest: number;
    highest: number;
    locks: LocksData;
    clientKeys: Set<string>;
    handledCount: number;
    modifiedAt: number;
}

/** Place of a request that is handled, and has none. */
const NO_PLACE = 0;

/**
 * Requests, their order and their locks. Time is always passed in, so that folding a journal gives the same queue.
 *
 * Each request has a number, which counts additions: a listing goes on from one, whatever has been deleted in the
 * meantime. Those that are not handled are in one of two lists: by their places, or, while they are locked, by when
 * their locks expire. So the head is found without a look at what is locked.
 */
export class RequestQueue {
    #numbers = new Map<string, number>();
    /** By number; what was deleted is undefined. */
    #requests: Shelf<QueueRequest>;
    /** Places in the queue, by number. */
    #places: number[] = [NO_PLACE];
    #lowest = 0;
    #highest = 0;
    /** The last locks, expired ones too, by number. */
    #locks = new Locks();
    readonly #byPlace = (a: number, b: number): number => this.#places[a]! - this.#places[b]!;
    readonly #byExpiry = (a: number, b: number): number => this.#locks.until(a) - this.#locks.until(b) || a - b;
    #free = new SortedList(this.#byPlace);
    #locked = new SortedList(this.#byExpiry);
    #clientKeys = new Set<string>();
    handledCount = 0;
    /** Milliseconds since the epoch of the last change. */
    modifiedAt = 0;

    /** @param read Needed for requests that lie on disk. */
    constructor(private readonly read?: ReadPlace) {
        this.#requests = new Shelf(read);
    }

    /** @param data Becomes the queue's own. */
    static of(data: RequestQueueData, read?: ReadPlace): RequestQueue {
        const queue = new RequestQueue(read);
        queue.#numbers = data.numbers;
        queue.#requests = Shelf.of(data.requests, read);
        queue.#places = data.places;
        queue.#lowest = data.lowest;
        queue.#highest = data.highest;
        queue.#locks = Locks.of(data.locks);
        queue.#clientKeys = data.clientKeys;
        queue.handledCount = data.handledCount;
        queue.modifiedAt = data.modifiedAt;
        const pending = [...queue.#numbers.values()].filter((number) => queue.#places[number] !== NO_PLACE);
        const free = pending.filter((number) => !queue.#locks.has(number));
        queue.#free = SortedList.of(free.sort(queue.#byPlace), queue.#byPlace);
        queue.#locked = SortedList.of([...queue.#locks.numbers()].sort(queue.#byExpiry), queue.#byExpiry);
        return queue;
    }

    get totalCount(): number {
        return this.#numbers.size;
    }

    get pendingCount(): number {
        return this.#numbers.size - this.handledCount;
    }

    get hadMultipleClients(): boolean {
        return this.#clientKeys.size > 1;
    }

    get(id: string): QueueRequest | undefined {
        const number = this.#numbers.get(id);
        return number === undefined ? undefined : this.#requests.get(number);
    }

    has(id: string): boolean {
        return this.#numbers.has(id);
    }

    isHandled(id: string): boolean {
        const number = this.#numbers.get(id);
        return number !== undefined && this.#places[number] === NO_PLACE;
    }

    /** The unexpired lock of a request. */
    lockOf(id: string, now: number): Lock | undefined {
        const lock = this.#locks.get(this.#numbers.get(id) ?? 0);
        return lock && lock.until > now ? lock : undefined;
    }

    /** True when somebody other than the holder has the request locked. */
    isLockedByOther(id: string, holder: LockHolder, now: number): boolean {
        const lock = this.lockOf(id, now);
        return lock !== undefined && !owns(lock, holder);
    }

    /** Requests in the order in which they were first added, from after a number on. */
    *listing(after = 0): Generator<{ request: QueueRequest; sequence: number }> {
        for (let sequence = after + 1; sequence < this.#places.length; sequence++) {
            const request = this.#requests.get(sequence);
            if (request) yield { request, sequence };
        }
    }

    sequenceOf(id: string): number | undefined {
        return this.#numbers.get(id);
    }

    /** In no particular order. */
    ids(): IterableIterator<string> {
        return this.#numbers.keys();
    }

    /** Pending requests from the head on that nobody has locked. */
    head(limit: number, now: number): QueueRequest[] {
        this.#freeExpired(now);
        const found: QueueRequest[] = [];
        for (const number of this.#free.from()) {
            if (found.length >= limit) break;
            // Clocks run backwards, too.
            if (this.#locks.until(number) <= now) found.push(this.#requests.get(number)!);
        }
        return found;
    }

    /** Ids of pending requests in their order, locked or not. */
    pendingIds(): string[] {
        const pending = [...this.#numbers].filter(([, number]) => this.#places[number] !== NO_PLACE);
        return pending.sort(([, a], [, b]) => this.#byPlace(a, b)).map(([id]) => id);
    }

    hasLockedRequests(now: number): boolean {
        const { last } = this.#locked;
        return last !== undefined && this.#locks.until(last) > now;
    }

    /** Ids whose unexpired lock the holder has. */
    lockedBy(holder: LockHolder, now: number): string[] {
        const isOwn = (lock: Lock | undefined): boolean => lock !== undefined && lock.until > now && owns(lock, holder);
        return [...this.#numbers].flatMap(([id, number]) => (isOwn(this.#locks.get(number)) ? [id] : []));
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
    put(request: QueueRequest | RequestOnDisk, forefront: boolean): void {
        const existing = this.#numbers.get(request.id);
        const number = existing ?? this.#places.length;
        if (existing === undefined) {
            this.#numbers.set(request.id, number);
            this.#places[number] = NO_PLACE;
        } else if (this.#places[number] === NO_PLACE) {
            this.handledCount--;
        }
        this.#requests.set(number, request);
        if (request instanceof RequestOnDisk ? request.isHandled : request.handledAt) {
            this.handledCount++;
            this.#takeOut(number);
            this.#locks.delete(number);
            this.#places[number] = NO_PLACE;
        } else {
            this.#move(number, forefront);
        }
    }

    delete(id: string): void {
        const number = this.#numbers.get(id);
        if (number === undefined) return;
        if (this.#places[number] === NO_PLACE) this.handledCount--;
        this.#takeOut(number);
        this.#locks.delete(number);
        this.#numbers.delete(id);
        this.#requests.set(number, undefined);
        this.#places[number] = NO_PLACE;
    }

    /** Locks a request. `forefront` moves it to the head or, when false, to the end; without it, it keeps its place. */
    lock(id: string, until: number, holder: LockHolder, forefront?: boolean): void {
        const number = this.#numbers.get(id);
        if (number === undefined || this.#places[number] === NO_PLACE) return;
        this.#takeOut(number);
        if (forefront !== undefined) this.#places[number] = this.#newPlace(forefront);
        this.#locks.set(number, until, holder);
        this.#locked.add(number);
    }

    /** Unlocks a request. `forefront` moves it as in `lock`. */
    unlock(id: string, forefront?: boolean): void {
        const number = this.#numbers.get(id);
        if (number === undefined || this.#places[number] === NO_PLACE) return;
        this.#takeOut(number);
        this.#locks.delete(number);
        if (forefront !== undefined) this.#places[number] = this.#newPlace(forefront);
        this.#free.add(number);
    }

    data(): RequestQueueData {
        return {
            numbers: this.#numbers,
            requests: this.#requests.data(),
            places: this.#places,
            lowest: this.#lowest,
            highest: this.#highest,
            locks: this.#locks.data(),
            clientKeys: this.#clientKeys,
            handledCount: this.handledCount,
            modifiedAt: this.modifiedAt,
        };
    }

    clone(): RequestQueue {
        const copy = {
            ...this.data(),
            numbers: new Map(this.#numbers),
            places: [...this.#places],
            clientKeys: new Set(this.#clientKeys),
        };
        const clone = RequestQueue.of(copy, this.read);
        clone.#requests = this.#requests.clone();
        return clone;
    }

    /** Gives a pending request a new place; its lock stays. */
    #move(number: number, forefront: boolean): void {
        const isLocked = this.#takeOut(number) === this.#locked;
        this.#places[number] = this.#newPlace(forefront);
        (isLocked ? this.#locked : this.#free).add(number);
    }

    #newPlace(forefront: boolean): number {
        return forefront ? --this.#lowest : ++this.#highest;
    }

    /** Takes a request out of the list that it is in, before what it is sorted by changes. */
    #takeOut(number: number): SortedList<number> | undefined {
        if (this.#places[number] === NO_PLACE) return undefined;
        if (this.#locks.has(number) && this.#locked.delete(number)) return this.#locked;
        this.#free.delete(number);
        return this.#free;
    }

    /** Requests whose locks have expired are at their places again; the locks themselves are kept. */
    #freeExpired(now: number): void {
        for (let number = this.#locked.first; number !== undefined; number = this.#locked.first) {
            if (this.#locks.until(number) > now) return;
            this.#locked.delete(number);
            this.#free.add(number);
        }
    }
}
