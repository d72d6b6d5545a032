import { spawn } from 'node:child_process';

/**
 * Kills a process and all that it started, at once (SIGKILL). On Linux and macOS the process must lead its own group.
 * A process that is gone already is no error.
 */
export function killTree(pid: number): void {
    if (process.platform === 'win32') {
        spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).unref();
        return;
    }
    try {
        process.kill(-pid, 'SIGKILL');
    } catch (error) {
        // macOS answers EPERM for a group in which all are dead and not yet reaped.
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
}
