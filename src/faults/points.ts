import type { RunCall } from '../trace/trace.js';
import type { Fault, FaultPlan } from './fault-plan.js';
import { seededRandom, shuffledPlaces } from '../base/random.js';

/** One trial of a proof: a plan, and what it strikes. */
export interface Point {
    /** From 0, in the order of the run's calls. */
    index: number;
    /** What is struck, for a person: `call 17 before keyValueStore_record_put`. */
    label: string;
    plan: FaultPlan;
}

/** Every call of a run, struck before it is applied, and applied but not answered. */
export function crashPoints(calls: readonly Pick<RunCall, 'n' | 'operationId'>[], fault: Fault): Point[] {
    return calls.flatMap(({ n, operationId }, call) =>
        (['before', 'after'] as const).map((when, half) => ({
            index: call * 2 + half,
            label: `call ${n} ${when} ${operationId}`,
            plan: [{ fault, trigger: { kind: 'call' as const, operation: 'any', n, when } }],
        })),
    );
}

/** Draws `size` of the points, spread evenly over the run, one at random from each stretch. */
export function sample(points: readonly Point[], size: number, seed: number): Point[] {
    if (size >= points.length) return [...points];
    const random = seededRandom(seed);
    return Array.from({ length: size }, (_, stretch) => {
        const from = Math.floor((stretch * points.length) / size);
        const to = Math.floor(((stretch + 1) * points.length) / size);
        return points[from + Math.floor(random() * (to - from))]!;
    });
}

/** The same points in an order drawn from `seed`. */
export function shuffle(points: readonly Point[], seed: number): Point[] {
    return shuffledPlaces(points.length, seededRandom(seed)).map((place) => points[place]!);
}

const PAIR_FAULTS: readonly Fault[] = ['crash', 'migrate', 'abort'];

/** Random plans of two to seven faults. Later ones may strike beyond the undisturbed run's last call. */
export function randomPairs(calls: number, count: number, seed: number): Point[] {
    const random = seededRandom(seed);
    const draw = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    return Array.from({ length: count }, (_, index) => {
        // Half of them are pairs; the others strike more often.
        const strikes = draw(0, 1) === 0 ? 2 : draw(3, 7);
        const places = Array.from({ length: strikes }, () => draw(1, Math.ceil(calls * 1.3))).sort((a, b) => a - b);
        const plan = places.map((n) => ({
            fault: PAIR_FAULTS[draw(0, PAIR_FAULTS.length - 1)]!,
            trigger: { kind: 'call' as const, operation: 'any', n, when: (['before', 'after'] as const)[draw(0, 1)]! },
        }));
        return {
            index,
            label: plan.map(({ fault, trigger }) => `${fault} ${trigger.n} ${trigger.when}`).join(', '),
            plan,
        };
    });
}

export interface PointChoice {
    fault: Fault;
    /** Strike only so many of the crash points, spread over the run. Default: all. */
    sample?: number;
    /** Strike so many random plans of several faults instead of the crash points. */
    pairs?: number;
    /** Draws sample, pairs and order. */
    seed: number;
    /** Strike in a random order, and end at the first trial that is not exact: that shows the Actor is not. */
    bail?: boolean;
}

/** The points to strike in a run of these calls. */
export function choosePoints(choice: PointChoice, calls: readonly Pick<RunCall, 'n' | 'operationId'>[]): Point[] {
    const { fault, sample: size, pairs, seed, bail } = choice;
    if (pairs !== undefined) return randomPairs(calls.length, pairs, seed);
    const points = crashPoints(calls, fault);
    const drawn = size === undefined ? points : sample(points, size, seed);
    return bail ? shuffle(drawn, seed) : drawn;
}
