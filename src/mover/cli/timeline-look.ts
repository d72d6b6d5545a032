import chalk from 'chalk';

import type { TraceEntry } from '../../trace/recorded.js';
import type { ToldEntry, ToldKind } from '../../trace/story.js';

/** Columns of the bar that shows how many requests are in flight. */
export const FLIGHT_WIDTH = 11;

/** Signs and colours of what is shown; a sign says it without the colour. */
const LOOKS: Record<ToldKind, { sign: string; paint: (text: string) => string }> = {
    answer: { sign: '·', paint: chalk.dim },
    asked: { sign: '→', paint: (text) => text },
    boot: { sign: '▶', paint: chalk.green },
    call: { sign: '·', paint: chalk.dim },
    event: { sign: '!', paint: chalk.yellow },
    exit: { sign: '□', paint: (text) => text },
    fault: { sign: '×', paint: chalk.red },
    handled: { sign: '✓', paint: (text) => text },
    kept: { sign: '·', paint: chalk.dim },
    kill: { sign: '■', paint: chalk.red },
    line: { sign: ' ', paint: chalk.dim },
    object: { sign: '≡', paint: chalk.cyan },
    other: { sign: '·', paint: chalk.dim },
    push: { sign: '◆', paint: chalk.magenta },
    queue: { sign: '·', paint: chalk.dim },
    save: { sign: '●', paint: chalk.green },
    sent: { sign: '·', paint: chalk.dim },
    status: { sign: '·', paint: chalk.bold },
    strike: { sign: '⚡', paint: (text) => chalk.red.bold(text) },
};
/** A page that is fetched again, a row that had been there, a page that no save holds any more. */
const WRONG = chalk.yellow;

/** How an entry is shown. */
export function lookOf({ kind, weight, of }: ToldEntry): { sign: string; paint: (text: string) => string } {
    const look = LOOKS[kind];
    if (of !== undefined) return { sign: look.sign, paint: chalk.dim };
    const isWrong = weight === 4 && (kind === 'asked' || kind === 'handled' || kind === 'push');
    return isWrong ? { sign: kind === 'asked' ? '↻' : look.sign, paint: WRONG } : look;
}

/** A block for each request in flight; of many their number. */
export function flightBar(count: number): string {
    const bar = count > FLIGHT_WIDTH - 1 ? `${'▪'.repeat(FLIGHT_WIDTH - 4)} ${count}` : '▪'.repeat(count);
    return bar.padEnd(FLIGHT_WIDTH).slice(0, FLIGHT_WIDTH);
}

/** What Crawlee and the SDK say of themselves. */
const CRAWLERS_OWN =
    /^(?:INFO|DEBUG|PERF)\s+(?:System info|\w*(?:Crawler|Statistics|AutoscaledPool|SessionPool|RequestQueue\w*):|Status message)/;

/** Whether an entry has a line of its own. */
export function isShown(told: ToldEntry, entry: TraceEntry, isVerbose: boolean): boolean {
    const { kind, weight, of } = told;
    if (of !== undefined) return kind === 'boot' || kind === 'line' || (kind === 'status' && weight >= 2);
    if (kind === 'line') return isVerbose || !CRAWLERS_OWN.test(told.text);
    if (entry.type === 'subject') return true;
    return isVerbose ? weight >= 1 || kind === 'call' : weight >= 2;
}
