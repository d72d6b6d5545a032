import type { RunCall, Trace } from '../trace/trace.js';
import { type CrashState, crashStates } from './crash-states.js';
import { type InFlightState, inFlightStates } from './in-flight-states.js';
import type { Fault, FaultPlan } from './fault-plan.js';
import { seededRandom, shuffledPlaces } from '../base/random.js';

/** One trial of a proof: a crash state from which the run goes on, or a plan under which it is run anew. */
export interface Point {
    /** From 0, in the order of the run. */
    index: number;
    /** What is struck, for a person: `call 17 before keyValueStore_record_put`. */
    label: string;
    plan: FaultPlan;
    /** The state from which it goes on; undefined where the run is run anew. */
    state?: CrashState;
    /** The state that calls in flight together can leave, from which it goes on. */
    inFlight?: InFlightState;
}

/** A trial for each crash state of a run. One in which another run is alive is tried by a real kill at its first call. */
export function statePoints(states: readonly CrashState[]): Point[] {
    return states.map((state, index) => {
        const label = `state ${state.number}${state.calls.length === 0 ? '' : ` (${spanOf(state.calls)})`}`;
        if (!state.hasOtherRun) return { index, label, plan: [], state };
        return { index, label, plan: killAt(state) };
    });
}

/** Where a fork goes on for a point; undefined where its run is run anew. */
export function forkIn({ plan, state, inFlight }: Point): { index: number; calls: readonly number[] } | undefined {
    if (inFlight) return inFlight;
    return state && plan.length === 0 ? { index: state.index, calls: [] } : undefined;
}

/** As `--fork` takes it. */
export function forkText(dir: string, { index, calls }: { index: number; calls: readonly number[] }): string {
    return `${dir}@${index}${calls.length === 0 ? '' : `+${calls.join(',')}`}`;
}

function spanOf(calls: readonly string[]): string {
    const [first, last] = [calls[0]!, calls.at(-1)!];
    return first === last ? first : `${first} to ${last}`;
}

function killAt({ calls }: CrashState): FaultPlan {
    const [, n, when] = /^call (\d+) (before|after)/.exec(calls[0] ?? '') ?? [];
    if (n === undefined) return [];
    return [
        {
            fault: 'crash',
            trigger: { kind: 'call', operation: 'any', n: Number(n), when: when === 'before' ? 'before' : 'after' },
        },
    ];
}

/** A trial for each state that calls in flight together can leave and no crash state shows, numbered on from `first`. */
export function inFlightPoints(states: readonly InFlightState[], first: number): Point[] {
    return states.map((inFlight, i) => ({ index: first + i, label: inFlight.label, plan: [], inFlight }));
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

/** A part of a proof: the `number`-th, from 1, of so many. */
export interface Shard {
    number: number;
    of: number;
}

export interface PointChoice {
    fault: Fault;
    /** Strike only so many of the crash points, spread over the run. Default: all. */
    sample?: number;
    /** Strike so many random plans of several faults instead of the crash points. */
    pairs?: number;
    /** Draws sample, pairs and order. */
    seed: number;
    /** Strike each call of a run that is run anew, also where going on from its states would be enough. */
    byRealKills?: boolean;
    /** Try what calls in flight together can leave, too. */
    inFlight?: boolean;
    /** Only a part of them. */
    shard?: Shard;
    /** Strike in a random order, and end at the first trial that is not exact: that shows the Actor is not. */
    bail?: boolean;
}

/** The points to strike in a run, of which this is the undisturbed trace. */
export function choosePoints(choice: PointChoice, trace: Trace): Point[] {
    const { fault, sample: size, pairs, seed, bail, shard, byRealKills, inFlight } = choice;
    if (pairs !== undefined) return inShard(randomPairs(trace.calls().length, pairs, seed), shard);
    // A crash leaves nothing but storages, so it is enough to go on from each of their states; the process that hears a
    // graceful fault must be alive.
    const isByStates = fault === 'crash' && !byRealKills;
    const points = isByStates ? statePoints(crashStates(trace)) : crashPoints(trace.calls(), fault);
    if (isByStates && inFlight) points.push(...inFlightPoints(inFlightStates(trace, seed), points.length));
    const drawn = size === undefined ? points : sample(points, size, seed);
    return inShard(bail ? shuffle(drawn, seed) : drawn, shard);
}

/** Every n-th point, so that all shards together have each once. */
function inShard(points: Point[], shard: Shard | undefined): Point[] {
    return shard ? points.filter((_, place) => place % shard.of === shard.number - 1) : points;
}
