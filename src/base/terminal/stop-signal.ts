import { exitCodeOf, StoppedError } from './command.js';

/** Ctrl-C as an `AbortSignal`: the work ends in good order. A second Ctrl-C ends this process at once. */
export interface StopSignal {
    readonly signal: AbortSignal;
    /**
     * @throws StoppedError when Ctrl-C was pressed.
     */
    throwIfStopped(): void;
    /** Leaves signals to Node again. */
    off(): void;
}

export function listenForStop(): StopSignal {
    const controller = new AbortController();
    let stoppedBy: 'SIGINT' | 'SIGTERM' = 'SIGINT';
    const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
        if (controller.signal.aborted) process.exit(exitCodeOf(signal));
        stoppedBy = signal;
        controller.abort();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    return {
        signal: controller.signal,
        throwIfStopped: () => {
            if (controller.signal.aborted) throw new StoppedError(stoppedBy);
        },
        off: () => {
            process.off('SIGINT', stop);
            process.off('SIGTERM', stop);
        },
    };
}
