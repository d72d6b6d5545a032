import { describe, expect, it } from 'vitest';

import { recordingOf } from '../replay/model/recording.js';
import { readRecording } from './recordings.js';
import { tellingMoment } from './telling-moment.js';

describe('the moment at which a run is opened', () => {
    it('is where too much comes that nobody takes away', () => {
        const trace = readRecording('2-fault-migrate');
        const index = tellingMoment(trace);
        const { balances } = recordingOf(trace, '');

        expect(balances.find((balance) => balance.index === index)!.value).not.toEqual(balances[0]!.value);
        const later = balances.filter((balance) => balance.index >= index);
        expect(later.every(({ value }) => Object.values(value).some((figure) => figure > 0))).toBe(true);
    });

    it('is the strike where nothing is wrong in the end', () => {
        const trace = readRecording('5-fault-crash');

        expect(trace.entries[tellingMoment(trace)]!.type).toBe('strike');
    });

    it('is the end of a run that was not struck', () => {
        const trace = readRecording('0');

        expect(tellingMoment(trace)).toBe(recordingOf(trace, '').last);
    });
});
