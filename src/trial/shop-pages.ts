import type { ForkPoint } from '../mover/fork-point.js';
import type { MovedRun } from '../mover/moved-run.js';

/** A page of a shop: the n-th of its kind that is asked for. */
interface ShopPage {
    kind: string;
    n: number;
}

/** As triggers name it. */
export function pageName({ kind, n }: ShopPage): string {
    return `${kind}@${n}`;
}

/** How a shop has a run's trace tell what it is asked for and what it sends. */
export function pagesInTrace(moved: MovedRun): {
    onRequest: (page: ShopPage & { url: string; asin?: string | undefined }) => void;
    onEnd: (page: ShopPage, isSent: boolean) => void;
} {
    return {
        onRequest: (asked) => {
            const { kind, url, asin } = asked;
            const page = pageName(asked);
            moved.platform.record({ type: 'page', at: Date.now(), page, kind, url, ...(asin && { asin }) });
        },
        onEnd: (page, isSent) => {
            moved.platform.record({ type: 'page.ended', at: Date.now(), page: pageName(page), isSent });
        },
    };
}

/** How many pages of each kind a run had asked for at a moment that another one goes on from. */
export function pagesAsked<Kind extends string>({ trace, index }: ForkPoint): Partial<Record<Kind, number>> {
    const asked: Partial<Record<Kind, number>> = {};
    for (const entry of trace.entries.slice(trace.begin, index + 1)) {
        if (entry.type !== 'page') continue;
        const kind = entry.kind as Kind;
        asked[kind] = (asked[kind] ?? 0) + 1;
    }
    return asked;
}
