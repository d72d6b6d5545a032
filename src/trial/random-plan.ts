import type { PageKind } from '../shop/index.js';
import type { Fault, FaultPlan } from '../faults/fault-plan.js';
import { seededRandom } from '../base/random.js';

export interface RandomPlanOptions {
    seed: number;
    fault: Fault;
    times: number;
    /** Pages that the shop has, by kind. */
    pages: Partial<Record<PageKind, number>>;
}

/** Strikes at pages drawn from a seed: the same seed gives the same plan. */
export function randomPlan({ seed, fault, times, pages }: RandomPlanOptions): FaultPlan {
    const random = seededRandom(seed);
    const kinds = (Object.keys(pages) as PageKind[]).filter((kind) => (pages[kind] ?? 0) > 0);
    return Array.from({ length: kinds.length === 0 ? 0 : times }, () => {
        const page = kinds[Math.floor(random() * kinds.length)]!;
        const n = 1 + Math.floor(random() * pages[page]!);
        return { fault, trigger: { kind: 'page', page, n } };
    });
}
