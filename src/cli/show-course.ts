import chalk from 'chalk';

import { listenForStop } from '../base/terminal/stop-signal.js';
import { makeLessonsOnce } from '../site/server/make-lessons-once.js';
import { type CourseServer, serveCourse } from '../site/server/serve.js';
import { keyName, Keys } from './keys.js';
import { openFile } from './open-file.js';

export interface ShowCourseOptions {
    /** 0 takes any that is free. */
    port: number;
    opensBrowser: boolean;
    /** Whether a key leads to the course in the terminal. */
    offersTerminal: boolean;
}

/**
 * Shows the course in the browser until the learner ends it. Returns whether the course in the terminal is wanted
 * instead.
 *
 * @throws UsageError when the port can't be used; StoppedError after Ctrl-C.
 */
export async function showCourse({ port, opensBrowser, offersTerminal }: ShowCourseOptions): Promise<boolean> {
    const stop = listenForStop();
    const keys = new Keys();
    let server: CourseServer | undefined;
    try {
        server = await serveCourse({ port, warn: (message) => process.stderr.write(`${message}\n`) });
        process.stdout.write(`The course is at ${chalk.cyan(server.url)}\n`);
        const toTerminal = offersTerminal ? `${keyName('t')} the course in this terminal  ` : '';
        process.stdout.write(process.stdin.isTTY ? `${toTerminal}${keyName('q')}uit\n` : 'Ctrl-C ends it.\n');
        const pressed = new Promise<string>((resolve) => {
            keys.on((key) => {
                if (key === 'q' || (key === 't' && offersTerminal)) resolve(key);
            });
            stop.signal.addEventListener('abort', () => resolve('stop'), { once: true });
        });
        if (opensBrowser) await openFile(server.url);
        await makeLessonsOnce(stop.signal);
        const chosen = await pressed;
        stop.throwIfStopped();
        return chosen === 't';
    } finally {
        keys.off();
        await server?.close();
        stop.off();
    }
}
