import { readFileSync } from 'node:fs';

/** Whether a process still runs. One that has ended and that its parent has not asked about yet (a zombie) does not. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
    return process.platform !== 'linux' || !isZombie(pid);
}

function isZombie(pid: number): boolean {
    try {
        // `<pid> (<name>) <state> …`, where the name may hold anything.
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z';
    } catch {
        return true;
    }
}
