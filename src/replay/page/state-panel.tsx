import type { CursorState } from '../model/cursor-state.js';
import type { Recording } from '../model/recording.js';
import { counted, countsText, seconds } from '../../trace/words.js';
import type { SeenCounts } from '../../trace/ledger.js';
import { AsinTable } from './asin-table.js';
import { OwedCard } from './owed-card.js';
import { QueueCard } from './queue-card.js';
import { StrangerState } from './stranger-state.js';

interface Properties {
    recording: Recording;
    state: CursorState;
    isNamed: boolean;
}

/** What each place holds at the cursor, side by side. */
export function StatePanel({ recording, state, isNamed }: Properties) {
    const { truth, trace, first } = recording;
    const { logged, saved, process, rowCount, twins } = state;
    const time = ({ at }: SeenCounts): string => seconds(at - trace.entries[first]!.at);
    const gone = process === undefined ? 'no process, no memory' : 'nothing logged yet';
    return (
        <div
            role="group"
            class={isNamed ? 'state' : 'state alone'}
            aria-label={isNamed ? `State of ${recording.label}` : 'State'}
        >
            <h2 class={isNamed ? '' : 'hidden'}>{isNamed ? recording.label : 'State'}</h2>
            <div class="cards">
                <OwedCard recording={recording} state={state} />
                {truth && (
                    <Card
                        name="Memory"
                        value={logged ? countsText(logged.counts) : gone}
                        note={logged ? `as logged at ${time(logged)}` : ''}
                        isEmpty={!logged}
                    />
                )}
                {truth && (
                    <Card
                        name="Saved record"
                        value={saved ? countsText(saved.counts) : 'nothing saved yet'}
                        note={saved ? `${saved.key}, at ${time(saved)}` : ''}
                        isEmpty={!saved}
                    />
                )}
                <Card
                    name="Dataset"
                    value={counted(rowCount, 'row')}
                    note={twins.length > 0 ? `${twins.length} of them had been there before` : ''}
                    isEmpty={rowCount === 0}
                />
                <QueueCard state={state} />
                {truth && <Card name="Truth of the shop" value={countsText(truth)} note="" isEmpty={false} />}
            </div>
            {truth ? (
                <AsinTable state={state} label={recording.label} />
            ) : (
                <StrangerState state={state} label={recording.label} />
            )}
        </div>
    );
}

function Card({ name, value, note, isEmpty }: { name: string; value: string; note: string; isEmpty: boolean }) {
    return (
        <div class={isEmpty ? 'card empty' : 'card'}>
            <h3>{name}</h3>
            <p class="value">{value}</p>
            {note !== '' && <p class="note">{note}</p>}
        </div>
    );
}
