import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

import { compiled } from '../../base/paths.js';
import type { TreeRoot } from './process-tree.js';

/** Sees to it that no Actor outlives its platform, even when the platform is killed. */
export class Watchdog {
    #process: ChildProcess | undefined;
    readonly #watched = new Map<number, string>();

    /** Of the process that watches; undefined while there is nothing to watch. */
    get pid(): number | undefined {
        return this.#process?.pid;
    }

    /** @param root Of a tree; its mark holds no blanks. */
    watch({ pid, mark }: TreeRoot): void {
        this.#watched.set(pid, mark);
        if (this.#process) this.#process.stdin!.write(`+${pid} ${mark}\n`);
        else this.#start();
    }

    forget(pid: number): void {
        this.#watched.delete(pid);
        this.#process?.stdin!.write(`-${pid}\n`);
    }

    /** Ends the watchdog, which kills what is still being watched. */
    close(): void {
        this.#process?.stdin!.end();
        this.#process = undefined;
        this.#watched.clear();
    }

    #start(): void {
        const started = startWatchdog();
        this.#process = started;
        for (const [pid, mark] of this.#watched) started.stdin!.write(`+${pid} ${mark}\n`);
        // Somebody has ended it: another one takes its place, at once where there is something to watch.
        started.once('exit', () => {
            if (this.#process !== started) return;
            this.#process = undefined;
            if (this.#watched.size > 0) this.#start();
        });
    }
}

function startWatchdog(): ChildProcess {
    const file = compiled('src/platform/run/watchdog-process.js');
    const watchdog = spawn(process.execPath, [file], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
        windowsHide: true,
        env: onWindows(['SystemRoot', 'PATH']),
    });
    // A watchdog that somebody has ended must not end the platform.
    watchdog.on('error', () => {});
    watchdog.stdin!.on('error', () => {});
    watchdog.unref();
    (watchdog.stdin as Socket).unref();
    return watchdog;
}

/** What Windows needs to start Node and taskkill; elsewhere nothing is needed. */
function onWindows(names: string[]): NodeJS.ProcessEnv {
    if (process.platform !== 'win32') return {};
    return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
