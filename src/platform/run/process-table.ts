import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine. */
export interface ListedProcess {
    pid: number;
    parent: number;
    group: number;
    /** Holds its environment, in whatever form; empty where the system doesn't show it. */
    environment: string;
}

/**
 * All processes that are alive, but for those that have ended and whose parents have not asked about them yet.
 *
 * @returns Undefined where the system doesn't tell.
 */
export function listProcesses(): ListedProcess[] | undefined {
    switch (process.platform) {
        case 'linux':
            return listLinux();
        case 'win32':
            return undefined;
        default:
            return listByPs();
    }
}

function listLinux(): ListedProcess[] | undefined {
    try {
        const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
        const listed = pids.flatMap((pid) => readLinux(Number(pid)) ?? []);
        // A /proc that shows nobody but oneself, or not even that, tells nothing.
        return listed.some(({ pid }) => pid === process.pid) ? listed : undefined;
    } catch {
        return undefined;
    }
}

/** Nothing that this process or its parent has started is older than the parent: clock ticks since the machine's start. */
const oldest = process.platform === 'linux' ? (readStat(process.ppid)?.startedAt ?? 0) : 0;

/** Undefined for one that is gone. */
function readLinux(pid: number): ListedProcess | undefined {
    const stat = readStat(pid);
    if (!stat) return undefined;
    const { parent, group, startedAt } = stat;
    return { pid, parent, group, environment: startedAt < oldest ? '' : textOf(`/proc/${pid}/environ`) };
}

function readStat(pid: number): { parent: number; group: number; startedAt: number } | undefined {
    const stat = textOf(`/proc/${pid}/stat`);
    // `<pid> (<name>) <state> <parent> <group> …`, where the name may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, group] = fields;
    if (group === undefined || state === 'Z' || state === 'X') return undefined;
    return { parent: Number(parent), group: Number(group), startedAt: Number(fields[19]) };
}

function textOf(file: string): string {
    try {
        return readFileSync(file, 'latin1');
    } catch {
        return '';
    }
}

/** macOS and other BSDs: `-E` has the environment shown behind the command, of one's own processes. */
function listByPs(): ListedProcess[] | undefined {
    const options = { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024, windowsHide: true } as const;
    const { status, stdout } = spawnSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,stat=,command='], options);
    return status === 0 ? parsePs(stdout) : undefined;
}

/** Reads what `ps -o pid=,ppid=,pgid=,stat=,command=` prints. */
export function parsePs(text: string): ListedProcess[] {
    return text.split('\n').flatMap((line) => {
        const [, pid, parent, group, state, environment] = /^ *(\d+) +(\d+) +(\d+) +(\S+) ?(.*)$/.exec(line) ?? [];
        if (pid === undefined || state!.startsWith('Z')) return [];
        return [{ pid: Number(pid), parent: Number(parent), group: Number(group), environment: environment! }];
    });
}
