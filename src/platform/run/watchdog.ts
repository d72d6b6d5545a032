import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

import { compiled } from '../../base/paths.js';
import type { TreeRoot } from './process-tree.js';

/** Sees to it that no Actor outlives its platform, even when the platform is killed. */
export class Watchdog {
    #process: ChildProcess | undefined;

    /** @param root Of a tree; its mark holds no blanks. */
    watch({ pid, mark }: TreeRoot): void {
        this.#process ??= startWatchdog();
        this.#process.stdin!.write(`+${pid} ${mark}\n`);
    }

    forget(pid: number): void {
        this.#process?.stdin!.write(`-${pid}\n`);
    }

    /** Ends the watchdog, which kills what is still being watched. */
    close(): void {
        this.#process?.stdin!.end();
        this.#process = undefined;
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
