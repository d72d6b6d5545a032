import { describe, expect, it } from 'vitest';

import { RunScript } from '../../trace/fixtures/run-script.js';
import { Alignment } from './align.js';

const push = (script: RunScript): RunScript => script.call('dataset_items_post');
const read = (script: RunScript, key: string): RunScript => script.call('keyValueStore_record_get', { key });
/** The n-th call of a run, as an index of its trace. */
function nth({ entries }: RunScript, n: number): number {
    return entries.findIndex((entry) => entry.type === 'call' && entry.n === n);
}

describe('two runs side by side', () => {
    it('are at the same call, however long each took to make it', () => {
        const [a, b] = [new RunScript().boot(), new RunScript().boot()];
        for (let n = 1; n <= 5; n++) {
            push(a.wait(10));
            push(b.wait(5_000).line('slow'));
        }
        const alignment = new Alignment(a.trace, b.trace);

        for (const n of [1, 3, 4]) expect(alignment.otherIndex(nth(a, n))).toBe(nth(b, n + 1) - 1);
        expect(alignment.otherIndex(a.entries.length - 1)).toBe(b.entries.length - 1);
        expect(alignment.firstDivergence()).toBeUndefined();
    });

    it('differ first where one is struck and the other is not', () => {
        const a = push(push(new RunScript().boot())).strike('crash', 'call@2:after').kill().boot();
        const b = push(push(push(new RunScript().boot())));

        expect(new Alignment(a.trace, b.trace).firstDivergence()).toMatchObject({
            index: a.entries.findIndex(({ type }) => type === 'strike'),
            otherIndex: nth(b, 3) - 1,
            why: 'strike',
        });
    });

    it('differ first where one is a fork, which goes on as after a crash', () => {
        const a = push(push(new RunScript().boot()).add({ type: 'forked', at: 0, runId: 'run', index: 9 }).boot());
        const b = push(push(push(new RunScript().boot())));

        expect(new Alignment(a.trace, b.trace).firstDivergence()).toMatchObject({
            index: a.entries.findIndex(({ type }) => type === 'forked'),
            otherIndex: nth(b, 2) - 1,
            why: 'strike',
        });
    });

    it('begin to count anew at each strike, so that they are at the same call behind it', () => {
        const a = push(push(push(new RunScript().boot())))
            .strike('crash', 'x')
            .kill()
            .boot();
        const b = push(new RunScript().boot()).strike('crash', 'x').kill().boot();
        for (let n = 0; n < 3; n++) for (const script of [a, b]) read(script, `KEY${n}`);

        expect(new Alignment(a.trace, b.trace).otherIndex(nth(a, 5))).toBe(nth(b, 4) - 1);
    });

    it('differ where one makes a call that the other never makes', () => {
        const [a, b] = [read(push(new RunScript().boot()), 'STATE'), read(push(new RunScript().boot()), 'OTHER')];

        expect(new Alignment(a.trace, b.trace).firstDivergence()).toMatchObject({ index: nth(a, 2), why: 'call' });
    });

    it('do not differ where calls at the same time change places, or come by the clock', () => {
        const a = read(push(new RunScript().boot()).call('requestQueue_head_lock_post'), 'STATE');
        const b = push(read(new RunScript().boot().call('actorRun_put'), 'STATE'));

        expect(new Alignment(a.trace, b.trace).firstDivergence()).toBeUndefined();
    });
});
