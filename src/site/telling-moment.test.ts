import { describe, expect, it } from 'vitest';

import { recordingOf } from '../replay/model/recording.js';
import { RunScript } from '../trace/fixtures/run-script.js';
import { readRecording } from './recordings.js';
import { tellingMoments } from './telling-moment.js';

/** A run that saves a record once more or not, before its page is asked for, and goes on. */
function begun({ isSavedAgain }: { isSavedAgain: boolean }): RunScript {
    const script = new RunScript({ B000000001: 2 }).boot();
    if (isSavedAgain) script.call('keyValueStore_record_put', { key: 'STATE' });
    for (let n = 0; n < 80; n++) script.call('dataset_items_post');
    return script.lock('offers', 'B000000001').ask('offers', 'B000000001');
}

const over = (script: RunScript): RunScript => script.handle('offers', 'B000000001').succeed();

describe('the moment at which a run is opened', () => {
    const undisturbed = over(begun({ isSavedAgain: false })).trace;

    it('is its strike, also where a call was another one before', () => {
        const struck = over(begun({ isSavedAgain: true }).strike('crash', 'offers@1').kill().boot()).trace;
        const { opensAt, struckAt, differsAt } = tellingMoments(struck, undisturbed);

        expect(struck.entries[opensAt]!.type).toBe('strike');
        expect(struckAt).toBe(opensAt);
        expect(differsAt).toBeUndefined();
    });

    it('is where a fork goes on as after a crash', () => {
        const forked = begun({ isSavedAgain: true }).add({ type: 'forked', at: 0, runId: 'run', index: 9 });
        const { trace } = over(forked.boot());

        expect(trace.entries[tellingMoments(trace, undisturbed).opensAt]!.type).toBe('forked');
    });

    it('is where a run that was not struck first differs from an undisturbed one', () => {
        const { trace } = over(begun({ isSavedAgain: true }));
        const { opensAt, differsAt } = tellingMoments(trace, undisturbed);

        expect(trace.entries[opensAt]).toMatchObject({ operationId: 'keyValueStore_record_put' });
        expect(differsAt).toBe(opensAt);
    });

    it('is, where there is nothing to hold it against, from where on something is owed for good', () => {
        const { trace } = over(begun({ isSavedAgain: true }));
        const { opensAt, wrongFrom } = tellingMoments(trace);

        expect(trace.entries[opensAt]!.type).toBe('request.updated');
        expect(wrongFrom).toBe(opensAt);
    });

    it('is the end of a run of which nothing else is to be said', () => {
        const trace = readRecording('0');

        expect(tellingMoments(trace).opensAt).toBe(recordingOf(trace, '').last);
    });
});

it('knows from where on there is too much that nobody takes away', () => {
    const trace = readRecording('2-fault-migrate');
    const { opensAt, wrongFrom } = tellingMoments(trace);
    const { balances } = recordingOf(trace, '');

    expect(trace.entries[opensAt]!.type).toBe('strike');
    expect(balances.find(({ index }) => index === wrongFrom)!.value).not.toEqual(balances[0]!.value);
    const later = balances.filter(({ index }) => index >= wrongFrom!);
    expect(later.every(({ value }) => Object.values(value).some((figure) => figure > 0))).toBe(true);
});
