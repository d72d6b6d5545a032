import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where an id of a process means what it means here: each machine, and each container on it, counts its own. */
export const processSpace = createHash('sha256').update(whereWeAre().join('\n')).digest('hex').slice(0, 12);

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
