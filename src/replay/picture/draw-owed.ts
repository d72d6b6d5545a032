import type { Balance } from '../../trace/ledger.js';
import type { Drawing } from './draw.js';

/** The curve of what is owed: offers that the saved object lacks, rows that the dataset lacks, and what is too much. */
export function drawOwed({ context, recording, layout, scale, theme }: Drawing): void {
    const { balances, last, hasTruth } = recording;
    const { owedTop, owedHeight } = layout;
    const bottom = owedTop + owedHeight;
    context.fillStyle = theme.line;
    context.fillRect(0, bottom, scale.width, 1);
    context.fillStyle = theme.text;
    if (!hasTruth) return;
    const most = Math.max(1, ...balances.map(({ value }) => Math.max(owedOf(value), tooManyOf(value))));
    const y = (amount: number): number => bottom - (amount / most) * (owedHeight - 18);
    const steps = balances.map(({ index, value }, i) => ({
        from: scale.x(index),
        to: scale.x(balances[i + 1]?.index ?? last),
        value,
    }));
    context.fillStyle = theme.owed;
    for (const { from, to, value } of steps) {
        const amount = owedOf(value);
        if (amount === 0 || to < 0 || from > scale.width) continue;
        context.globalAlpha = 0.25;
        context.fillRect(from, y(amount), to - from, bottom - y(amount));
        context.globalAlpha = 1;
        context.fillRect(from, y(amount), Math.max(1, to - from), 2);
    }
    context.fillStyle = theme.strike;
    for (const { from, to, value } of steps) {
        if (tooManyOf(value) === 0) continue;
        // Dashes: too much is told from too little without colour.
        for (let x = Math.max(0, from); x < Math.min(to, scale.width); x += 6) {
            context.fillRect(x, y(tooManyOf(value)), Math.min(3, to - x), 2);
        }
    }
    context.fillStyle = theme.text;
    const name = recording.truth ? 'owed' : 'rows of the undisturbed run that are not there';
    const isTooMuch = balances.some(({ value }) => tooManyOf(value) > 0);
    context.fillText(`${name}${isTooMuch ? ', and too much (dashed)' : ''}, up to ${most}`, 2, owedTop + 6);
}

/** Offers and rows that are owed. */
export function owedOf({ offers, rows }: Balance): number {
    return offers + rows;
}

function tooManyOf({ offersTooMany, rowsTooMany }: Balance): number {
    return offersTooMany + rowsTooMany;
}
