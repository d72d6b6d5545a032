import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

let space: string | undefined;

/** Where an id of a process means what it means here: each machine, and each container on it, counts its own. */
export function processSpace(): string {
    space ??= sha256(whereWeAre().join('\n')).slice(0, 12);
    return space;
}

function whereWeAre(): string[] {
    const parts = [hostname()];
    if (process.platform !== 'linux') return parts;
    try {
        // https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
        parts.push(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid'));
    } catch {
        // Without /proc, the machine's name is all there is.
    }
    return parts;
}

function sha256(text: string): string {
    // Loaded where it is needed: it would be a tenth of the start of a command that asks for nothing.
    const { createHash } = process.getBuiltinModule('node:crypto');
    return createHash('sha256').update(text).digest('hex');
}
