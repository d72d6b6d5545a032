import type { CursorState } from '../model/cursor-state.js';
import { plainText } from '../../base/plain-text.js';

/** Requests in flight that are named. */
const MAX_NAMED = 3;

/** The queue: how many requests wait, are locked, are in flight, and are handled. */
export function QueueCard({ state: { requests } }: { state: CursorState }) {
    const { waiting, locked, inFlight, handled } = requests;
    const parts = [
        ['handled', handled],
        ['in flight', inFlight.length],
        ['locked', locked],
        ['waiting', waiting],
    ] as const;
    const named = inFlight.slice(0, MAX_NAMED).map(({ asin, page, url }) => asin ?? page ?? plainText(url));
    const more = inFlight.length - named.length;
    return (
        <div class="card queue">
            <h3>Queue</h3>
            <ul class="parts">
                {parts.map(([name, count]) => (
                    <li key={name} class={count === 0 ? 'none' : ''}>
                        <strong>{count}</strong> {name}
                    </li>
                ))}
            </ul>
            {named.length > 0 && (
                <p class="note">
                    in flight: {named.join(', ')}
                    {more > 0 ? ` and ${more} more` : ''}
                </p>
            )}
        </div>
    );
}
