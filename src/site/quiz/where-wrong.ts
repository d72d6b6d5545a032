import type { Recording } from '../../replay/model/recording.js';

/** Where the object of a run goes wrong, as indexes of entries. */
export interface WhereWrong {
    /** From here on there is at least as much wrong as at the end. */
    since: number;
    /** The kill that makes it final; the same index where none does. */
    until: number;
    what: 'owed' | 'too many';
}

/** Where the object of counts goes wrong for good; undefined where it is right at the end. */
export function whereWrong({ balances, lanes, last }: Recording): WhereWrong | undefined {
    const end = balances.at(-1)?.value;
    if (!end || (end.offers === 0 && end.offersTooMany === 0)) return undefined;
    const what = end.offers > 0 ? 'owed' : 'too many';
    const wrong = balances.map(({ value }) => (what === 'owed' ? value.offers : value.offersTooMany));
    const atEnd = wrong.at(-1)!;
    const place = wrong.findLastIndex((one) => one < atEnd) + 1;
    const since = balances[place]!.index;
    const kill = lanes.find(({ isKilled, to }) => isKilled && to >= since && to <= last);
    return { since, until: what === 'owed' ? (kill?.to ?? since) : since, what };
}
