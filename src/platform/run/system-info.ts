import pidusage from 'pidusage';

import type { EventsSocket } from '../events-socket.js';
import type { Runs } from './runs.js';

/** Tells each connected Actor, at intervals, what its process uses: the platform's `systemInfo` event. */
export class SystemInfo {
    readonly #timer: NodeJS.Timeout | undefined;

    constructor(
        private readonly events: EventsSocket,
        private readonly runs: Runs,
        intervalMillis: number,
    ) {
        if (intervalMillis === 0) return;
        this.#timer = setInterval(() => {
            for (const { id, pid } of this.runs.alive()) {
                if (this.events.isConnected(id)) void this.#send(id, pid);
            }
        }, intervalMillis);
        this.#timer.unref();
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    async #send(runId: string, pid: number): Promise<void> {
        try {
            const { cpu, memory } = await pidusage(pid);
            this.runs.usage.add(runId, cpu, memory);
            const data = {
                createdAt: new Date().toISOString(),
                cpuCurrentUsage: cpu,
                memCurrentBytes: memory,
                // The machine is the learner's: there is no share of a processor that an Actor could exceed.
                isCpuOverloaded: false,
            };
            this.events.send(runId, 'systemInfo', data, Date.now());
        } catch {
            // The process ended in the meantime.
        }
    }
}
