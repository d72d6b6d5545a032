import type { OnWritten } from '../export.js';

/** Writing that takes no longer than this needs no word; then each such time has one. */
const INTERVAL_MILLIS = 2_000;

/**
 * Says now and then, on a line of its own, how many files have been written.
 *
 * @param now Milliseconds of a clock that only runs on.
 */
export function filesProgress(
    output: Pick<NodeJS.WriteStream, 'write'>,
    now: () => number = () => performance.now(),
): OnWritten {
    let toldAt = 0;
    let before = Infinity;
    return (files) => {
        // Another run's files, from the first on.
        if (files < before) toldAt = now();
        before = files;
        if (now() - toldAt < INTERVAL_MILLIS) return;
        toldAt = now();
        output.write(`${files} files written so far\n`);
    };
}
