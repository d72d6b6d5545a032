import type { CallEnd, CallOrigin, RecordedEntry } from '../trace/recorded.js';

type Begun = CallOrigin & Omit<Extract<RecordedEntry, { type: 'call' }>, 'type' | 'at' | 'call'>;

/** An API call that has been read and not been answered. */
export class OpenCall {
    /** Places in the journal of what it has written so far. */
    readonly wrote: number[] = [];

    constructor(
        readonly number: number,
        private readonly calls: Calls,
    ) {}

    /** Does work whose entries are this call's. Of work that waits, this holds up to where it first does. */
    readonly writing = <T>(work: () => T): T => this.calls.during(this, work);

    end(end: CallEnd): void {
        this.calls.record({ type: 'call.ended', at: Date.now(), call: this.number, end, wrote: this.wrote });
    }
}

/** Numbers the API calls, records their beginning and end, and knows which of them writes at the moment. */
export class Calls {
    #count = 0;
    #writing: OpenCall | undefined;

    constructor(readonly record: (entry: RecordedEntry) => void) {}

    begin(begun: Begun): OpenCall {
        const call = new OpenCall(++this.#count, this);
        this.record({ type: 'call', at: Date.now(), call: call.number, ...begun });
        return call;
    }

    /** Goes on counting from here. */
    skipTo(number: number): void {
        this.#count = Math.max(this.#count, number);
    }

    during<T>(call: OpenCall, work: () => T): T {
        const before = this.#writing;
        this.#writing = call;
        try {
            return work();
        } finally {
            this.#writing = before;
        }
    }

    /** @param place Of an entry in the journal that was just written. */
    wrote(place: number): void {
        this.#writing?.wrote.push(place);
    }
}
