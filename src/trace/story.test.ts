import { expect, it } from 'vitest';

import { lateRun, RunScript } from './fixtures/run-script.js';
import { Story, type ToldEntry } from './story.js';

function told({ trace }: RunScript, least = 2, addresses: Record<string, string> = {}): string[] {
    const story = new Story({ bytesOf: (value) => trace.bytesOf(value), addresses });
    return trace.entries
        .map((entry, index) => story.add(entry, index))
        .flatMap(({ weight, text }: ToldEntry) => (weight >= least ? [text] : []));
}

it('tells a run in the words of the course', () => {
    expect(told(lateRun())).toEqual([
        'process 1 boots',
        'offers page B000000001 asked for',
        '2 rows pushed, of B000000001',
        'offers page B000000001 handled, not saved yet',
        'object logged: 1 ASIN, 2 offers',
        'offers page B000000002 asked for',
        'migrate strikes at offers@2, with 1 request in flight',
        "event 'migrating' sent, 10 s remain, 1 request in flight",
        'saved ASIN_OFFERS: 1 ASIN, 2 offers, 1 request in flight',
        '3 rows pushed, of B000000002',
        'offers page B000000002 handled, after the save',
        'process 1 killed (SIGKILL); 1 page handled, and nobody saves it any more',
        'process 2 boots',
        'saved OUTPUT: 1 ASIN, 2 offers',
        'process 2 exited with code 0; 1 page handled, and nobody saves it any more',
        'run SUCCEEDED, exit code 0',
    ]);
});

it('names a request of the shop by its path, and nothing of where shop and platform were', () => {
    const script = new RunScript({ B000000001: 2 }, 'crash:call@1').boot().lock('offers', 'B000000001');
    script.handle('offers', 'B000000001');
    const addresses = { 'http://127.0.0.1:8000': 'shop:', 'http://127.0.0.1:9000': 'platform:' };

    const texts = told(script, 0, addresses);
    expect(texts).toEqual(
        expect.arrayContaining([
            'the platform opens',
            'a run is tried, struck by crash:call@1',
            '/gp/aod/ajax?asin=B000000001&pc=dp handled',
        ]),
    );
    expect(texts.join('\n')).not.toContain('127.0.0.1');
});

it('has no words of the shop for a record of another Actor', () => {
    const script = new RunScript().boot().record('SITES', {}).record('STATE', { next: {} });

    expect(told(script, 4)).toEqual(['process 1 boots', 'saved SITES: 2 bytes', 'saved STATE: 11 bytes']);
});

it('tells what comes again', () => {
    const script = new RunScript({ B000000001: 2 }).boot().lock('offers', 'B000000001').ask('offers', 'B000000001');
    script.push('B000000001', 2).kill().boot().offers('B000000001', 2);

    expect(told(script, 4)).toEqual([
        'process 1 boots',
        'process 1 killed (SIGKILL), with 1 request in flight',
        'process 2 boots',
        'offers page B000000001 fetched again',
        '2 rows pushed, of B000000001; 2 of them had been there before',
    ]);
});

it('tells how a call that goes wrong ends, and what meets it', () => {
    const script = new RunScript().boot().call('dataset_items_post');
    const call = {
        type: 'call',
        at: 0,
        call: 9,
        operationId: 'keyValueStore_record_put',
        params: { key: 'A\u202EB' },
        runId: 'run',
        n: 2,
        nOfOperation: 1,
    } as const;
    script.add(call).add({ type: 'call.fault', at: 0, call: 9, fault: 'reset-after@1' });
    script.add({ type: 'call.ended', at: 0, call: 9, end: { how: 'dropped' }, wrote: [] });

    expect(told(script, 0).slice(-5)).toEqual([
        'API call 1 pushes rows',
        'API call 1 is answered with 200',
        'API call 2 writes record A\uFFFDB',
        'API fault reset-after@1 meets API call 2',
        'API call 2 gets no answer: the connection is cut',
    ]);
});

it('says whose a process is that the Actor has started', () => {
    const script = new RunScript().boot();
    const [created] = script.entries.filter(({ type }) => type === 'run.created');
    script.add({ type: 'actor', at: 0, actor: { id: 'other', name: 'callee', command: [], cwd: '', env: [] } });
    if (created?.type === 'run.created')
        script.add({ ...created, run: { ...created.run, id: 'second', actorId: 'other' } });
    const story = new Story({ bytesOf: () => new Uint8Array() });
    for (const [index, entry] of script.entries.entries()) story.add(entry, index);

    expect(story.add({ type: 'run.boot', at: 0, id: 'second', incarnation: 1, pid: 2 }, 99)).toMatchObject({
        of: 'callee',
        weight: 2,
    });
});
