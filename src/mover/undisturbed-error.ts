import { existsSync } from 'node:fs';

import type { Moved } from './move.js';

/** Lines of the log that are shown. */
const MAX_LINES = 10;

/** What is said by who has asked Apify itself: by its address, or by what it answers to a token of this platform. */
const ASKED_APIFY = /\bapi\.apify\.com\b|User was not found or authentication token is not valid/;

const ASK_HERE =
    'It seems to have asked Apify itself, which does not know its token: what Node does not run, such as a client in ' +
    'another language, must be given APIFY_API_BASE_URL as its address.';

/** An undisturbed run that does not succeed: there is nothing to compare with. Its data is kept. */
export class UndisturbedError extends Error {
    override name = 'UndisturbedError';

    constructor(readonly moved: Moved) {
        const { leftovers, trace, dir } = moved;
        const lines = [...trace.tried()].flatMap(([, entry]) =>
            entry.type === 'line' && entry.runId === trace.runId ? [`  ${entry.text}`] : [],
        );
        const said = lines.length === 0 ? [] : ['Its last lines:', ...lines.slice(-MAX_LINES)];
        const advice = lines.some((line) => ASKED_APIFY.test(line)) ? [ASK_HERE] : [];
        const where = existsSync(dir) ? [`Its data: ${dir}`] : [];
        super(
            [`Undisturbed, the run ended as ${leftovers.ended}: make that right first.`, ...said, ...advice, ...where].join('\n'),
        );
    }
}
