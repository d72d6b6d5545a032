import { resolve } from 'node:path';

import { ActorDisk, type Workplace } from './actor-disk.js';

export interface DisksOptions {
    /** Told of the folder that holds a run's disk. */
    onMade: (runId: string, root: string) => void;
    /** Told what a process has left behind when the next one is to find its disk fresh. */
    onLeft: (runId: string, files: readonly string[]) => void;
    /** Told why a run's processes work in the Actor's folder itself. */
    onKept: (reason: string) => void;
}

/** Gives each process of each run a fresh disk. */
export class Disks {
    /** By run. */
    readonly #disks = new Map<string, { folder: string; disk: ActorDisk | undefined }>();

    constructor(private readonly options: DisksOptions) {}

    /** Where the next process of a run works; undefined for where its Actor is. */
    next(runId: string, { command, cwd }: Omit<Workplace, 'env'>): Workplace | undefined {
        const folder = resolve(cwd);
        const known = this.#disks.get(runId);
        if (known?.folder === folder) {
            known.disk?.renew();
            if (known.disk) this.options.onLeft(runId, known.disk.left);
            return known.disk?.place(command);
        }
        // A run that has become another Actor works with that one's files.
        known?.disk?.remove();
        const disk = this.#make(folder);
        if (disk) this.options.onMade(runId, disk.root);
        this.#disks.set(runId, { folder, disk });
        return disk?.place(command);
    }

    /** Removes them all. */
    remove(): void {
        for (const { disk } of this.#disks.values()) disk?.remove();
        this.#disks.clear();
    }

    #make(folder: string): ActorDisk | undefined {
        try {
            return new ActorDisk(folder);
        } catch (error) {
            this.options.onKept((error as Error).message);
            return undefined;
        }
    }
}
