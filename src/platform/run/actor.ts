/** An Actor that the platform can start: a command in a folder. */
export interface ActorDefinition {
    /** Actor id, 17 characters on the real platform. */
    id: string;
    /** Technical name, as in `user~name`. */
    name: string;
    /** Program and arguments; no shell is involved. */
    command: [program: string, ...args: string[]];
    /** Working directory of the process. */
    cwd: string;
    /** Added to what the platform sets. Kept in memory only, never in the journal. */
    env?: Record<string, string>;
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
}
