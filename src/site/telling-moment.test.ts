import { describe, expect, it } from 'vitest';

import { recordingOf } from '../replay/model/recording.js';
import { readRecording } from './recordings.js';
import { tellingMoments } from './telling-moment.js';

const tellingMoment = (...traces: Parameters<typeof tellingMoments>): number => tellingMoments(...traces).opensAt;

describe('the moment at which a run is opened', () => {
    it('is where it first differs from an undisturbed one, also where something is owed before', () => {
        const [trace, undisturbed] = [readRecording('0-fault-migrate'), readRecording('0')];
        const { opensAt, wrongFrom } = tellingMoments(trace, undisturbed);

        expect(trace.entries[opensAt]).toMatchObject({ type: 'strike' });
        expect(trace.entries.slice(0, opensAt).some(({ type }) => type === 'strike')).toBe(false);
        expect(wrongFrom).toBeLessThan(opensAt);
        expect(tellingMoment(trace, trace)).toBe(wrongFrom);
    });

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
