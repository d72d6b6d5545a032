import type { GivenPage, Ledger } from './ledger.js';
import { counted, firstOf, seconds } from './words.js';

/** Names that a sentence lists at most. */
const MAX_NAMED = 3;

/**
 * Why a run that is over has left what it has left, a sentence for each thing that is wrong; none when all is right or
 * when nobody knows what would be.
 *
 * @param startedAt Milliseconds since the epoch, from which times are counted.
 */
export function causesOf(ledger: Ledger, startedAt: number): string[] {
    if (!ledger.truth) return strangerCauses(ledger);
    const { offersTooMany, rows, rowsTooMany } = ledger.balance;
    const time = (at: number): string => seconds(at - startedAt);
    return [
        ...savedCauses(ledger, time),
        ...(offersTooMany > 0 ? [tooMany(ledger)] : []),
        ...(rows > 0 ? [`The dataset lacks ${counted(rows, 'row')} of pages that were handled.`] : []),
        ...(rowsTooMany > 0
            ? [
                  `${counted(rowsTooMany, 'row')} ${rowsTooMany === 1 ? 'is' : 'are'} there twice: ` +
                      'their pages had been pushed and not been marked handled, so they were fetched again.',
              ]
            : []),
    ];
}

function savedCauses(ledger: Ledger, time: (at: number) => string): string[] {
    const owed = ledger.owedPages;
    if (owed.length === 0) return [];
    if (!ledger.saved) return [`Nothing was ever saved: ${pagesText(owed)} were counted in memory alone.`];
    const overwritten = owed.filter(({ asin }) => ledger.everSaved.has(asin));
    const late = owed.filter((page) => !overwritten.includes(page));
    const byProcess = new Map<number, GivenPage[]>();
    for (const page of late) byProcess.set(page.incarnation, [...(byProcess.get(page.incarnation) ?? []), page]);
    return [
        ...[...byProcess].map(([incarnation, pages]) => lateText(ledger, incarnation, pages, time)),
        ...(overwritten.length > 0
            ? [
                  `Process ${ledger.saved.incarnation} wrote over what had been saved (at ${time(ledger.saved.at)}): ` +
                      `it no longer holds ${pagesText(overwritten)}.`,
              ]
            : []),
    ];
}

function lateText(
    ledger: Ledger,
    incarnation: number,
    pages: readonly GivenPage[],
    time: (at: number) => string,
): string {
    const save = ledger.saves.get(incarnation);
    if (!save) return `Process ${incarnation} saved nothing: ${pagesText(pages)} were counted in its memory alone.`;
    const which = pages.length === 1 ? 'this page was' : `these ${pages.length} pages were`;
    return `Last save at ${time(save.at)}; ${which} finished after it: ${names(pages)}.`;
}

function tooMany({ saved, truth }: Ledger): string {
    const asins = Object.entries(saved?.counts ?? {}).flatMap(([asin, n]) => (n > (truth?.[asin] ?? 0) ? [asin] : []));
    const pages = asins.length === 1 ? 'one page that was' : 'pages that were';
    return `Counted twice, since ${pages} in flight came again: ${firstOf(asins, MAX_NAMED)}.`;
}

function strangerCauses({ balance, hasTruth }: Ledger): string[] {
    if (!hasTruth) return [];
    return [
        ...(balance.rows > 0
            ? [`${counted(balance.rows, 'row')} of the undisturbed run ${balance.rows === 1 ? 'is' : 'are'} not there.`]
            : []),
        ...(balance.rowsTooMany > 0
            ? [
                  `${counted(balance.rowsTooMany, 'row')} ${balance.rowsTooMany === 1 ? 'is' : 'are'} there once more than undisturbed.`,
              ]
            : []),
    ];
}

function pagesText(pages: readonly GivenPage[]): string {
    return `${counted(pages.length, 'page')} (${names(pages)})`;
}

function names(pages: readonly GivenPage[]): string {
    return firstOf(
        pages.map(({ asin }) => asin),
        MAX_NAMED,
    );
}
