import { existsSync } from 'node:fs';

import { unansweredIn } from './answers.js';
import type { Moved } from './move.js';
import { linesOf, undeclaredAliasIn } from './undeclared-aliases.js';

/** Lines of the log that are shown. */
const MAX_LINES = 10;

/** What to do about what such a run says, where it is known. */
const ADVICE: readonly [said: RegExp, advice: (found: RegExpExecArray) => string][] = [
    [
        // By its address, or by what it answers to a token of this platform.
        /\bapi\.apify\.com\b|User was not found or authentication token is not valid/,
        () =>
            'It seems to have asked Apify itself, which does not know its token: a client that Node does not run, such ' +
            'as one in another language, must be given APIFY_API_BASE_URL as its address.',
    ],
    [
        /Actor '([\w.-]+)~([\w-]+)' was not found/,
        ([, user, name]) => `Give the Actor that it calls with --actor ${user}/${name}=<folder>.`,
    ],
    [/Actor '([\w-]+)' was not found/, ([, name]) => `Give the Actor that it calls with --actor ${name}=<folder>.`],
    [
        /Actor task '([\w.~-]+)' was not found/,
        ([, name = '']) => `Give the task that it starts with --task ${name.replace('~', '/')}=<actor>.`,
    ],
];

/** An undisturbed run that does not succeed: there is nothing to compare with. Its data is kept. */
export class UndisturbedError extends Error {
    override name = 'UndisturbedError';

    constructor(readonly moved: Moved) {
        const { leftovers, trace, dir } = moved;
        const lines = linesOf(trace);
        const last = lines.length === 0 ? [] : ['Its last lines:', ...lines.slice(-MAX_LINES).map((one) => `  ${one}`)];
        const log = lines.join('\n');
        const advice = ADVICE.flatMap(([said, adviceOn]) => {
            const found = said.exec(log);
            return found ? [adviceOn(found)] : [];
        });
        const undeclared = undeclaredAliasIn(log);
        if (undeclared) {
            advice.push(`As on Apify, 'storages' in .actor/actor.json must declare the alias '${undeclared.alias}'.`);
        }
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
        super([first, ...mayServe, ...last, ...advice, ...onDisk, ...where].join('\n'));
    }
}
