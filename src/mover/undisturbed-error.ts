import { existsSync } from 'node:fs';

import { unansweredIn } from './answers.js';
import type { Moved } from './move.js';

/** Lines of the log that are shown. */
const MAX_LINES = 10;

/** An undisturbed run that does not succeed: there is nothing to compare with. Its data is kept. */
export class UndisturbedError extends Error {
    override name = 'UndisturbedError';

    constructor(readonly moved: Moved) {
        const { leftovers, trace, dir } = moved;
        const lines = [...trace.tried()].flatMap(([, entry]) =>
            entry.type === 'line' && entry.runId === trace.runId ? [`  ${entry.text}`] : [],
        );
        const said = lines.length === 0 ? [] : ['Its last lines:', ...lines.slice(-MAX_LINES)];
        const where = existsSync(dir) ? [`Its data: ${dir}`] : [];
        const unanswered = unansweredIn(trace);
        const first =
            unanswered === undefined
                ? `Undisturbed, the run ended as ${leftovers.ended}: make that right first.`
                : `Undisturbed, there was no answer to ${unanswered}: make that right first.`;
        const mayServe = leftovers.ended.includes('TIMED')
            ? ["Does it serve, and not end? Then --serve with --request 'GET /' calls it, and ends it."]
            : [];
        const onDisk = trace.entries.some(({ type }) => type === 'disk.made')
            ? [
                  'It worked on a copy of its folder: --no-fresh-disk (freshDisk: false) has it work in the folder itself.',
              ]
            : [];
        super([first, ...mayServe, ...said, ...onDisk, ...where].join('\n'));
    }
}
