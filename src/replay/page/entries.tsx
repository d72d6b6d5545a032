import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { placeAt } from '../model/steps.js';
import type { Recording } from '../model/recording.js';
import { seconds } from '../../trace/words.js';

interface Properties {
    recording: Recording;
    index: number;
    hrefOf: (index: number) => string;
}

/** Rows of the table at most, about the cursor. */
const SHOWN = 50;
/** Entries below this weight are shown only when all are asked for. */
const USUAL_WEIGHT = 2;

/** The entries about the cursor, each with a link to its moment. */
export function Entries({ recording, index, hrefOf }: Properties) {
    const [isAll, setAll] = useState(false);
    const { told, first, trace } = recording;
    const places = useMemo(
        () => told.flatMap(({ weight }, i) => (isAll || weight >= USUAL_WEIGHT ? [{ index: first + i }] : [])),
        [told, first, isAll],
    );
    const here = placeAt(places, index);
    const from = Math.max(0, Math.min(here - SHOWN / 2, places.length - SHOWN));
    const list = useRef<HTMLDivElement>(null);
    // The list follows the cursor by itself; the page does not move.
    useLayoutEffect(() => {
        const row = list.current?.querySelector<HTMLElement>('[aria-current]');
        if (row) list.current!.scrollTop = row.offsetTop - list.current!.clientHeight / 2;
    }, [here, from]);
    const startedAt = trace.entries[first]!.at;
    return (
        <section class="entries" aria-label="Entries">
            <header>
                <h2>Entries</h2>
                <label>
                    <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />{' '}
                    also reads, locks and answers
                </label>
            </header>
            <div ref={list} class="scrolled" role="region" aria-label="Entries about this moment" tabIndex={0}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">entry</th>
                            <th scope="col">after</th>
                            <th scope="col">what</th>
                        </tr>
                    </thead>
                    <tbody>
                        {places.slice(from, from + SHOWN).map((place, i) => {
                            const { text, kind, of } = told[place.index - first]!;
                            const isHere = from + i === here;
                            return (
                                <tr key={place.index} class={`kind-${kind}`} aria-current={isHere ? 'true' : undefined}>
                                    <td>
                                        <a href={hrefOf(place.index)}>#{place.index}</a>
                                    </td>
                                    <td class="number">{seconds(trace.entries[place.index]!.at - startedAt)}</td>
                                    <td>
                                        {of === undefined ? '' : `${of}: `}
                                        {text}
                                    </td>
                                </tr>
                            );
                        })}
                    </tbody>
                </table>
            </div>
        </section>
    );
}
