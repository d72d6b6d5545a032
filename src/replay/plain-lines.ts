import type { Trace } from '../trace/trace.js';
import { seconds } from '../trace/words.js';
import { cursorState } from './model/cursor-state.js';
import { momentText } from './model/moment-text.js';
import { recordingOf } from './model/recording.js';
import { holdsAt } from './model/steps.js';

/** A recorded run as text: what it lacks, a line an entry, and why it ended as it did. */
export function* plainLines(trace: Trace): Generator<string> {
    const recording = recordingOf(trace, 'run');
    yield* trace.lacks;
    for (let index = recording.first; index <= recording.last; index++) {
        const balance = holdsAt(recording.balances, index);
        const owed =
            recording.truth && balance?.index === index
                ? `; owed: ${balance.value.offers} offers, ${balance.value.rows} rows`
                : '';
        yield `#${index} ${momentText(cursorState(recording, index))}${owed}`;
    }
    yield* recording.causes;
    const ended = trace.entries[recording.last]!.at - trace.entries[recording.first]!.at;
    yield `${recording.last - recording.first + 1} entries, ${seconds(ended)}`;
}
