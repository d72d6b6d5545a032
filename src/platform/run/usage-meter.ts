/** What a run's processes use, as the run object of the API has it. Processor time in percent of one processor. */
export interface RunUsage {
    memAvgBytes: number;
    memMaxBytes: number;
    memCurrentBytes: number;
    cpuAvgUsage: number;
    cpuMaxUsage: number;
    cpuCurrentUsage: number;
}

const NONE: RunUsage & { samples: number } = {
    samples: 0,
    memAvgBytes: 0,
    memMaxBytes: 0,
    memCurrentBytes: 0,
    cpuAvgUsage: 0,
    cpuMaxUsage: 0,
    cpuCurrentUsage: 0,
};

/** Averages and largest values of what was measured of each run. Nothing of it is written to the journal. */
export class UsageMeter {
    readonly #usages = new Map<string, typeof NONE>();

    /**
     * @param cpu In percent of one processor.
     * @param memory In bytes.
     */
    add(runId: string, cpu: number, memory: number): void {
        const { samples, ...before } = this.#usages.get(runId) ?? NONE;
        const average = (old: number, value: number): number => (old * samples + value) / (samples + 1);
        this.#usages.set(runId, {
            samples: samples + 1,
            memAvgBytes: average(before.memAvgBytes, memory),
            memMaxBytes: Math.max(before.memMaxBytes, memory),
            memCurrentBytes: memory,
            cpuAvgUsage: average(before.cpuAvgUsage, cpu),
            cpuMaxUsage: Math.max(before.cpuMaxUsage, cpu),
            cpuCurrentUsage: cpu,
        });
    }

    /** All zero for a run that was never measured. */
    of(runId: string): RunUsage {
        const { samples: _samples, ...usage } = this.#usages.get(runId) ?? NONE;
        return usage;
    }
}
