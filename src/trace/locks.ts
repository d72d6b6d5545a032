import { Column } from './column.js';

/** Who asks: the API grants a lock's holder access by client key or by run. */
export interface LockHolder {
    clientKey?: string | undefined;
    runId?: string | undefined;
}

export interface Lock extends LockHolder {
    /** Milliseconds since the epoch. */
    readonly until: number;
}

/** Locks as plain data. */
export interface LocksData {
    until: Float64Array;
    holder: Float64Array;
    holders: LockHolder[];
}

/** Holder of what is not locked. */
const NOBODY = 0;

/** Locks by the numbers of requests. Of each only until when, and a number of its holder, of which there are few. */
export class Locks {
    #until = new Column();
    /** Numbers of holders, from 1. */
    #holder = new Column();
    #holders: LockHolder[] = [];
    #holderNumbers = new Map<string, number>();
    /** Number of the last holder: mostly it is the next one, too. */
    #last = NOBODY;

    /** @param data Becomes the locks' own. */
    static of({ until, holder, holders }: LocksData): Locks {
        const locks = new Locks();
        locks.#until = Column.of(until);
        locks.#holder = Column.of(holder);
        locks.#holders = holders;
        locks.#holderNumbers = new Map(holders.map((one, i) => [nameOf(one), i + 1]));
        return locks;
    }

    has(number: number): boolean {
        return this.#holder.get(number) !== NOBODY;
    }

    /** Milliseconds since the epoch; 0 where there is no lock. */
    until(number: number): number {
        return this.has(number) ? this.#until.get(number) : 0;
    }

    get(number: number): Lock | undefined {
        const holder = this.#holders[this.#holder.get(number) - 1];
        return holder && { until: this.#until.get(number), ...holder };
    }

    set(number: number, until: number, holder: LockHolder): void {
        this.#until.set(number, until);
        this.#holder.set(number, this.#numberOf(holder));
    }

    delete(number: number): void {
        if (this.has(number)) this.#holder.set(number, NOBODY);
    }

    /** Numbers of what is locked, in order. */
    *numbers(): Generator<number> {
        for (let number = 0; number < this.#holder.length; number++) if (this.has(number)) yield number;
    }

    #numberOf({ clientKey, runId }: LockHolder): number {
        const last = this.#holders[this.#last - 1];
        if (last && last.clientKey === clientKey && last.runId === runId) return this.#last;
        const holder = { clientKey, runId };
        const name = nameOf(holder);
        this.#last = this.#holderNumbers.get(name) ?? this.#holders.push(holder);
        this.#holderNumbers.set(name, this.#last);
        return this.#last;
    }

    data(): LocksData {
        return { until: this.#until.numbers(), holder: this.#holder.numbers(), holders: [...this.#holders] };
    }
}

/** The same for the same holder, and for no other one. */
function nameOf({ clientKey, runId }: LockHolder): string {
    return JSON.stringify([clientKey ?? null, runId ?? null]);
}

/** Whether somebody holds a lock. */
export function owns(lock: Lock, holder: LockHolder): boolean {
    return (
        (lock.clientKey !== undefined && lock.clientKey === holder.clientKey) ||
        (lock.runId !== undefined && lock.runId === holder.runId)
    );
}
