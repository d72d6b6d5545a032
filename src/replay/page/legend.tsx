import { SIGNS_OF_KINDS, type PictureSign } from '../picture/signs.js';

/** What the signs of the picture mean, and the keys. */
export function Legend() {
    return (
        <details class="legend">
            <summary>Signs and keys</summary>
            <ul class="signs">
                {Object.values(SIGNS_OF_KINDS).map((sign: PictureSign) => (
                    <li key={sign.meaning}>
                        <svg viewBox="-1 -1 12 12" width="14" height="14" aria-hidden="true">
                            <path d={sign.path} class={`sign-${sign.colour}${sign.isOutline ? ' outline' : ''}`} />
                        </svg>{' '}
                        {sign.meaning}
                    </li>
                ))}
                <li>
                    <span class="bar bar-lock" aria-hidden="true" /> a request that a process has locked
                </li>
                <li>
                    <span class="bar bar-flight" aria-hidden="true" /> a request in flight
                </li>
                <li>
                    <span class="bar bar-again" aria-hidden="true" /> fetched again
                </li>
                <li>
                    <span class="bar bar-lost" aria-hidden="true" /> handled, and not in the saved object at the end
                </li>
                <li>
                    <span class="bar bar-twin" aria-hidden="true" /> joins a repeated row with the first
                </li>
            </ul>
            <p>
                On the scrubber: <kbd>←</kbd> <kbd>→</kbd> an entry, with <kbd>Shift</kbd> a mark, <kbd>Home</kbd> and{' '}
                <kbd>End</kbd>, <kbd>Space</kbd> plays. Anywhere in the replay: <kbd>[</kbd> <kbd>]</kbd> the change of
                what is owed before and after, <kbd>+</kbd> <kbd>-</kbd> zoom.
            </p>
        </details>
    );
}
