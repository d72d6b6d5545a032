import { describe, expect, test } from 'vitest';

import { seededRandom } from '../base/random.js';
import type { LockHolder } from './locks.js';
import { type QueueRequest, RequestQueue } from './request-queue.js';

const requestOf = (id: string, handledAt?: string): QueueRequest => ({
    id,
    uniqueKey: id,
    url: `http://x/${id}`,
    handledAt,
});
const idsOf = (requests: QueueRequest[]): string[] => requests.map(({ id }) => id);

/** The same queue, made as simply as can be: a list in order. */
class NaiveQueue {
    list: { id: string; isHandled: boolean; until: number; holder: LockHolder }[] = [];

    put(id: string, isHandled: boolean, forefront: boolean): void {
        const existing = this.list.find((entry) => entry.id === id);
        const free = { until: 0, holder: {} };
        const entry = { ...(existing && !isHandled ? existing : free), id, isHandled };
        this.delete(id);
        if (forefront) this.list.unshift(entry);
        else this.list.push(entry);
    }

    delete(id: string): void {
        this.list = this.list.filter((entry) => entry.id !== id);
    }

    lock(id: string, until: number, holder: LockHolder): void {
        const entry = this.list.find((candidate) => candidate.id === id);
        if (entry && !entry.isHandled) Object.assign(entry, { until, holder });
    }

    unlock(id: string, forefront: boolean | undefined): void {
        const entry = this.list.find((candidate) => candidate.id === id);
        if (!entry) return;
        entry.until = 0;
        if (forefront !== undefined && !entry.isHandled) this.put(id, false, forefront);
    }

    head(limit: number, now: number): string[] {
        const free = this.list.filter(({ isHandled, until }) => !isHandled && until <= now);
        return free.slice(0, limit).map(({ id }) => id);
    }

    lockedBy({ clientKey, runId }: LockHolder, now: number): string[] {
        const owned = this.list.filter(
            ({ until, holder }) =>
                until > now &&
                ((clientKey !== undefined && holder.clientKey === clientKey) ||
                    (runId !== undefined && holder.runId === runId)),
        );
        return owned.map(({ id }) => id).toSorted();
    }
}

describe('the queue against a naive one', () => {
    test.each([1, 2, 3, 4, 5, 6, 7, 8])('behaves the same over 1,500 random steps of seed %i', (seed) => {
        const random = seededRandom(seed);
        const below = (limit: number): number => Math.floor(random() * limit);
        const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
        const queue = new RequestQueue();
        const naive = new NaiveQueue();
        let now = 1_000;
        for (let step = 0; step < 1_500; step++) {
            const id = `r${below(40)}`;
            const holder = { clientKey: pick('one', 'two', undefined), runId: pick('run', undefined) };
            const forefront = pick(true, false);
            now += below(3);
            switch (below(9)) {
                case 0:
                case 1:
                case 2:
                    queue.put(requestOf(id), forefront);
                    naive.put(id, false, forefront);
                    break;
                case 3:
                    queue.put(requestOf(id, 'now'), forefront);
                    naive.put(id, true, forefront);
                    break;
                case 4:
                    queue.delete(id);
                    naive.delete(id);
                    break;
                case 5: {
                    const until = now + below(50);
                    for (const locked of idsOf(queue.head(1 + below(5), now))) {
                        queue.lock(locked, until, holder);
                        naive.lock(locked, until, holder);
                    }
                    break;
                }
                case 6:
                    queue.lock(id, now + 20, holder);
                    naive.lock(id, now + 20, holder);
                    break;
                default: {
                    const where = pick(true, false, undefined);
                    queue.unlock(id, where);
                    naive.unlock(id, where);
                }
            }
            const limit = 1 + below(30);
            expect(idsOf(queue.head(limit, now))).toEqual(naive.head(limit, now));
            expect(queue.lockedBy(holder, now).toSorted()).toEqual(naive.lockedBy(holder, now));
            expect(queue.hasLockedRequests(now)).toBe(naive.list.some(({ until }) => until > now));
            expect(queue.totalCount).toBe(naive.list.length);
            expect(queue.handledCount).toBe(naive.list.filter(({ isHandled }) => isHandled).length);
        }
    });
});

describe('the queue', () => {
    test('serves 100,000 requests to the last, fast enough to be asked for 25 at a time', () => {
        const queue = new RequestQueue();
        for (let n = 0; n < 100_000; n++) queue.put(requestOf(String(n)), false);
        const served: string[] = [];
        for (let batch = queue.head(25, 0); batch.length > 0; batch = queue.head(25, 0)) {
            for (const { id } of batch) {
                served.push(id);
                queue.put(requestOf(id, 'now'), false);
            }
        }
        expect(served).toEqual(Array.from({ length: 100_000 }, (_, n) => String(n)));
        expect(queue.pendingCount).toBe(0);
    });

    test('takes 50,000 requests to the forefront one by one', () => {
        const queue = new RequestQueue();
        for (let n = 0; n < 50_000; n++) queue.put(requestOf(String(n)), true);
        expect(idsOf(queue.head(2, 0))).toEqual(['49999', '49998']);
    });

    test.each<[mine: LockHolder, other: LockHolder, isOther: boolean]>([
        [{ clientKey: 'a' }, { clientKey: 'a' }, false],
        [{ clientKey: 'a' }, { clientKey: 'b' }, true],
        [{ clientKey: 'a', runId: 'r' }, { clientKey: 'b', runId: 'r' }, false],
        [{ clientKey: 'a', runId: 'r' }, { clientKey: 'a', runId: 's' }, false],
        [{ runId: 'r' }, { runId: 's' }, true],
        [{}, {}, true],
    ])('a lock of %j is closed to %j: %s', (mine, other, isOther) => {
        const queue = new RequestQueue();
        queue.put(requestOf('a'), false);
        queue.lock('a', 10, mine);
        expect(queue.isLockedByOther('a', other, 5)).toBe(isOther);
        expect(queue.isLockedByOther('a', other, 10)).toBe(false);
    });

    test('lists from a place on, and a request that was added again at the end', () => {
        const queue = new RequestQueue();
        for (const id of ['a', 'b', 'c']) queue.put(requestOf(id), false);
        const [first] = queue.listing();
        queue.delete('b');
        queue.put(requestOf('b'), true);
        expect([...queue.listing(first!.sequence)].map(({ request }) => request.id)).toEqual(['c', 'b']);
    });

    test('counts clients by their keys, and all without one as one', () => {
        const queue = new RequestQueue();
        queue.sawClient('a');
        queue.sawClient('a');
        expect(queue.hadMultipleClients).toBe(false);
        queue.sawClient();
        expect(queue.hadMultipleClients).toBe(true);
    });
});
