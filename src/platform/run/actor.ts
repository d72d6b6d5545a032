import type { RunRecord } from '../../trace/runs.js';
import type { StorageKind } from '../../trace/storage-kinds.js';

/** An Actor that the platform can start: a command in a folder. */
export interface ActorDefinition {
    /** Actor id, 17 characters on the real platform. */
    id: string;
    /** Technical name, as in `user~name`. */
    name: string;
    /** Whose it is. Default: the platform's own user. */
    username?: string;
    /** Program and arguments; no shell is involved. */
    command: [program: string, ...args: string[]];
    /** Working directory of the process. */
    cwd: string;
    /** Added to what the platform sets. Kept in memory only, never in the journal. */
    env?: Record<string, string>;
    /** Storages that each run has besides its own, by the names that the Actor has for them. */
    aliases?: Partial<Record<StorageKind, readonly string[]>>;
    /** Put in for fields that an input leaves out: the default values of the Actor's input schema. */
    inputDefaults?: Readonly<Record<string, unknown>>;
    /**
     * Called before each process of a run: where and how that is started instead, and what is added to the environment
     * if `env` doesn't have it. Undefined for as above.
     *
     * @throws Error when it can't be started.
     */
    place?: (runId: string) => Pick<ActorDefinition, 'command' | 'cwd' | 'env'> | undefined;
}

/** How a run is started. What is left out takes the platform's default. */
export interface RunOptions {
    /** Content of the record `INPUT`; an object or text is stored as JSON. */
    input?: unknown;
    inputContentType?: string;
    /** 0 means no timeout. Default 3,600. */
    timeoutSecs?: number;
    /** Default 1,024. Told to the Actor, not enforced. */
    memoryMbytes?: number;
    /** The run is one of Actor Standby: it serves. */
    isStandby?: boolean;
    /** Restart the run when its process fails. Default false. */
    restartOnError?: boolean;
    /** Largest number of paid items and largest charge. Told to the Actor, not enforced. */
    maxItems?: number;
    maxTotalChargeUsd?: number;
    /** The task by which it is started. */
    taskId?: string;
    /** Fills the run's storages before its first process is started. */
    prepare?: (run: RunRecord) => void;
}

/** What an Actor is called here: by its name, and by its user's too where that is somebody else. */
export function actorLabel({ username, name }: Pick<ActorDefinition, 'username' | 'name'>): string {
    return username === undefined ? name : `${username}/${name}`;
}

/** A task: an Actor with an input of its own. */
export interface TaskDefinition {
    /** `name`, or `user/name` for a task of somebody else. */
    name: string;
    actorId: string;
    /** Fields that a start leaves out are taken from here. */
    input?: Readonly<Record<string, unknown>>;
}
