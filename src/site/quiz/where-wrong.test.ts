import { expect, it } from 'vitest';

import { recordingOf } from '../../replay/model/recording.js';
import { readRecording } from '../recordings.js';
import { whereWrong } from './where-wrong.js';

const recorded = (name: string) => recordingOf(readRecording(name), name);

it.each<[string, since: RegExp, until: RegExp]>([
    ['3-fault-migrate-no-reboot', /offers page .* handled, after the save/, /process 1 killed/],
    ['3-fault-abort', /offers page .* handled, after the save/, /after the save/],
    ['4-fault-crash', /offers page .* handled/, /process 1 killed/],
    ['2-fault-migrate', /^saved /, /^saved /],
])('the object of %s goes wrong where the picture shows it', (name, since, until) => {
    const recording = recorded(name);
    const wrong = whereWrong(recording)!;
    const told = (index: number): string => recording.told[index - recording.first]!.text;

    expect(told(wrong.since)).toMatch(since);
    expect(told(wrong.until)).toMatch(until);
    expect(wrong.since).toBeLessThanOrEqual(wrong.until);
});

it.each(['4-fault-abort', '5-fault-crash', '3-fault-migrate'])('the object of %s is right in the end', (name) => {
    expect(whereWrong(recorded(name))).toBeUndefined();
});
