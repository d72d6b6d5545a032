import type { CursorState } from '../model/cursor-state.js';
import type { Recording } from '../model/recording.js';
import { counted } from '../../trace/words.js';

/** What handled pages have given and nobody has stored; and what is stored once too often. */
export function OwedCard({ recording, state }: { recording: Recording; state: CursorState }) {
    const { offers, rows, offersTooMany, rowsTooMany } = state.balance;
    if (!recording.hasTruth) {
        return (
            <div class="card empty">
                <h3>Owed</h3>
                <p class="value">not known</p>
                <p class="note">a comparison knows: it runs the Actor undisturbed, too</p>
            </div>
        );
    }
    // Rows that a stranger's run has yet to push are no debt while it goes on.
    const isToCome = !recording.truth && !state.hasEnded;
    const owed = [
        ...(offers > 0 ? [`${counted(offers, 'offer')} that the saved object lacks`] : []),
        ...(rows > 0 ? [`${counted(rows, 'row')} ${isToCome ? 'to come' : 'that the dataset lacks'}`] : []),
    ];
    const tooMany = [
        ...(offersTooMany > 0 ? [`${counted(offersTooMany, 'offer')} counted too many`] : []),
        ...(rowsTooMany > 0 ? [`${counted(rowsTooMany, 'row')} too many`] : []),
    ];
    const isRight = offers === 0 && (rows === 0 || isToCome) && tooMany.length === 0;
    const surplus = offersTooMany + rowsTooMany;
    const amounts = [
        ...(isToCome ? [] : offers + rows > 0 || surplus === 0 ? [String(offers + rows)] : []),
        ...(surplus > 0 ? [`${surplus} too many`] : []),
    ];
    return (
        <div class={isRight ? 'card owed right' : 'card owed wrong'}>
            <h3>Owed</h3>
            <p class="value">{amounts.join(', ') || 'nothing yet'}</p>
            <p class="note">{[...owed, ...tooMany].join('; ') || 'all that was handled is stored, once'}</p>
        </div>
    );
}
