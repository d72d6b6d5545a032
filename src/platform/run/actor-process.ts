import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import { type Readable, Transform } from 'node:stream';

import type { ActorDefinition } from './actor.js';
import { endTree, killTree } from './kill-tree.js';

/** Longest log line in characters that is kept whole. */
const MAX_LINE_LENGTH = 64 * 1024;
/** Bytes without a line's end after which a line is broken, so that an endless one can't fill the memory. */
const MAX_BYTES_WITHOUT_END = 1024 * 1024;
/** How long a pipe is read after the process has ended, in case one that could not be ended holds its other end. */
const LAST_WORDS_MILLIS = 1_000;

export interface ProcessExit {
    /** As a shell gives it: 128 + signal number for a process that a signal ended. */
    exitCode: number;
    signal: NodeJS.Signals | null;
    /** True when `kill` ended it. */
    wasKilled: boolean;
    /** What is left of what it started, or can't be known of it, as a sentence. */
    left?: string;
}

export interface ActorProcess {
    readonly pid: number;
    /** SIGKILL to the process and all it started. */
    kill(): void;
    /** Resolves after the last log line, when nothing that it started is left. */
    readonly exited: Promise<ProcessExit>;
}

/**
 * Starts an Actor's process, in a group of its own.
 *
 * @param mark What its environment holds and no other's does.
 * @throws Error when the program can't be started.
 */
export async function startActorProcess(
    actor: ActorDefinition,
    environment: Record<string, string>,
    mark: string,
    onLine: (line: string) => void,
): Promise<ActorProcess> {
    const [program, ...args] = actor.command;
    const child = spawn(program, args, {
        cwd: actor.cwd,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
    });
    await started(child, program);
    const pid = child.pid!;
    const tree = { pid, mark };
    const outputs = [child.stdout!, child.stderr!].map((stream) => new Lines(stream, onLine));
    let wasKilled = false;
    let hasExited = false;
    const exited = new Promise<ProcessExit>((resolve) => {
        child.once('exit', (code, signal) => {
            hasExited = true;
            const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
            const hasEscaped = setTimeout(() => outputs.forEach((lines) => lines.close()), LAST_WORDS_MILLIS);
            const closed = Promise.all(outputs.map(async (lines) => lines.closed));
            // What the process started ends with it, as a container would. That also closes its ends of the pipes.
            void Promise.all([endTree(tree), closed]).then(([left]) => {
                clearTimeout(hasEscaped);
                resolve({ exitCode, signal, wasKilled, ...(left !== undefined && { left }) });
            });
        });
    });
    return {
        pid,
        exited,
        kill: () => {
            if (hasExited) return;
            wasKilled = true;
            killTree(tree);
        },
    };
}

async function started(child: ChildProcess, program: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) => reject(new Error(`'${program}' can't be started: ${error.message}`)));
    });
}

/** Reads the lines of an output until it ends or is closed. */
class Lines {
    readonly closed: Promise<unknown>;
    readonly #lines: Interface;

    constructor(
        private readonly stream: Readable,
        onLine: (line: string) => void,
    ) {
        this.#lines = createInterface({ input: stream.pipe(breakEndlessLines()), crlfDelay: Infinity });
        this.closed = once(this.#lines, 'close');
        this.#lines.on('line', (line) => {
            onLine(line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line);
        });
    }

    close(): void {
        this.#lines.close();
        this.stream.destroy();
    }
}

/** Passes bytes on, and ends a line that doesn't end by itself. */
function breakEndlessLines(): Transform {
    let length = 0;
    return new Transform({
        transform(chunk: Buffer, _encoding, done) {
            const end = chunk.lastIndexOf('\n');
            length = end === -1 ? length + chunk.length : chunk.length - end - 1;
            this.push(chunk);
            if (length >= MAX_BYTES_WITHOUT_END) {
                length = 0;
                this.push('\n');
            }
            done();
        },
    });
}
