import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

import { compiled } from '../../base/paths.js';
import type { TreeRoot } from './process-tree.js';

/** What platforms of this process have started, by process id, and the mark of each. */
const watched = new Map<number, string>();
/** One process for all platforms of this one: it ends with this one. */
let watchdog: ChildProcess | undefined;

/** Sees to it that no Actor outlives its platform, even when the platform is killed. */
export class Watchdog {
    readonly #own = new Set<number>();

    /** Of the process that watches; undefined while there is nothing to watch. */
    get pid(): number | undefined {
        return watchdog?.pid;
    }

    /** @param root Of a tree; its mark holds no blanks. */
    watch({ pid, mark }: TreeRoot): void {
        this.#own.add(pid);
        watched.set(pid, mark);
        if (watchdog) tell(`+${pid} ${mark}`);
        else watchdog = startWatchdog();
    }

    forget(pid: number): void {
        if (!this.#own.delete(pid)) return;
        watched.delete(pid);
        tell(`-${pid}`);
    }

    /** Has what is still being watched killed. */
    close(): void {
        for (const pid of this.#own) {
            watched.delete(pid);
            tell(`!${pid}`);
        }
        this.#own.clear();
    }
}

function tell(line: string): void {
    watchdog?.stdin!.write(`${line}\n`);
}

function startWatchdog(): ChildProcess {
    const file = compiled('src/platform/run/watchdog-process.js');
    const started = spawn(process.execPath, [file], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
        windowsHide: true,
        env: onWindows(['SystemRoot', 'PATH']),
    });
    // A watchdog that somebody has ended must not end the platform.
    started.on('error', () => {});
    started.stdin!.on('error', () => {});
    started.once('exit', () => {
        if (watchdog !== started) return;
        // Another one takes its place, at once where there is something to watch.
        watchdog = watched.size > 0 ? startWatchdog() : undefined;
    });
    started.unref();
    (started.stdin as Socket).unref();
    for (const [pid, mark] of watched) started.stdin!.write(`+${pid} ${mark}\n`);
    return started;
}

/** What Windows needs to start Node and taskkill; elsewhere nothing is needed. */
function onWindows(names: string[]): NodeJS.ProcessEnv {
    if (process.platform !== 'win32') return {};
    return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
