import { legendMarkup } from '../picture/legend.js';

/** What the signs of the picture mean, and the keys. */
export function Legend() {
    return (
        <details class="legend">
            <summary>Signs and keys</summary>
            {/* eslint-disable-next-line react/no-danger -- Made by the code that draws the picture, from its own texts. */}
            <div dangerouslySetInnerHTML={{ __html: legendMarkup() }} />
            <p>
                On the scrubber: <kbd>←</kbd> <kbd>→</kbd> an entry, with <kbd>Shift</kbd> a mark, <kbd>Home</kbd> and{' '}
                <kbd>End</kbd>, <kbd>Space</kbd> plays. Anywhere in the replay: <kbd>[</kbd> <kbd>]</kbd> the change of
                what is owed before and after, <kbd>+</kbd> <kbd>-</kbd> zoom.
            </p>
        </details>
    );
}
