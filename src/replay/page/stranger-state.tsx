import { plainText } from '../../base/plain-text.js';
import type { CursorState } from '../model/cursor-state.js';

/** Of an Actor that nobody here knows: its records and its last rows, as they are. */
export function StrangerState({ state: { records, rows, rowCount }, label }: { state: CursorState; label: string }) {
    return (
        <div class="stored">
            {records.length > 0 && (
                <section aria-label={`Records, ${label}`}>
                    <h3>Records</h3>
                    <dl>
                        {records.map(({ key, text, size }) => (
                            <div key={key}>
                                <dt>
                                    {plainText(key)} <span class="note">{size} bytes</span>
                                </dt>
                                <dd>
                                    <pre tabIndex={0}>{text === '' ? 'only its size and hash were kept' : text}</pre>
                                </dd>
                            </div>
                        ))}
                    </dl>
                </section>
            )}
            {rows.length > 0 && (
                <section aria-label={`Rows, ${label}`}>
                    <h3>{rowCount > rows.length ? `The last ${rows.length} rows` : 'Rows'}</h3>
                    <ol start={rowCount - rows.length + 1}>
                        {rows.map((row, i) => (
                            <li key={rowCount - rows.length + i}>
                                <code>{plainText(JSON.stringify(row)).slice(0, 300)}</code>
                            </li>
                        ))}
                    </ol>
                </section>
            )}
        </div>
    );
}
