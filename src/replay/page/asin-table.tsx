import type { AsinState, CursorState } from '../model/cursor-state.js';

/** Lines at most; those where something is wrong come first then. */
const SHOWN = 40;

/** The object, ASIN by ASIN: what memory, record and dataset say of it, and the truth. */
export function AsinTable({ state, label }: { state: CursorState; label: string }) {
    const { asins } = state;
    const isWrong = ({ isOwed, isTooMany }: AsinState): boolean => isOwed || isTooMany;
    const shown =
        asins.length > SHOWN
            ? asins.toSorted((a, b) => Number(isWrong(b)) - Number(isWrong(a))).slice(0, SHOWN)
            : asins;
    return (
        <div class="scrolled asins" role="region" aria-label={`Offers by ASIN, ${label}`} tabIndex={0}>
            <table>
                <thead>
                    <tr>
                        <th scope="col">ASIN</th>
                        <th scope="col">memory</th>
                        <th scope="col">saved</th>
                        <th scope="col">dataset</th>
                        <th scope="col">truth</th>
                        <th scope="col">
                            <span class="hidden">verdict</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {shown.map((one) => (
                        <tr key={one.asin} class={one.isTooMany ? 'too-many' : one.isOwed ? 'owed' : ''}>
                            <th scope="row">{one.asin}</th>
                            <Count value={one.memory} />
                            <Count value={one.saved} />
                            <Count value={one.rows} />
                            <Count value={one.truth} />
                            <td class="word">{one.isTooMany ? 'too many' : one.isOwed ? 'owed' : ''}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {asins.length > shown.length && <p class="note">{asins.length - shown.length} more ASINs</p>}
        </div>
    );
}

function Count({ value }: { value: number | undefined }) {
    return <td class="number">{value ?? <span class="nothing">–</span>}</td>;
}
