import { parseArgs, type ParseArgsConfig } from 'node:util';

import { UsageError } from '../trial/index.js';

/** A person pressed Ctrl-C, and was told what that means for the data. */
export class StoppedError extends Error {
    override name = 'StoppedError';
}

/** What a command is called with and says of itself. */
export interface Command {
    /** As a person types it, for example `npm run solution`. */
    name: string;
    /** Shown by `--help`. */
    help: string;
    /** Returns the exit code: 0 fine, 1 the thing checked did not hold. */
    run: (argv: string[]) => Promise<number>;
}

/**
 * Runs a command to its exit code. A person's mistake gives one line and exit code 2; anything else is a fault of ours
 * and shows where it came from.
 */
export async function runCommand(command: Command, argv = process.argv.slice(2)): Promise<void> {
    try {
        if (argv.includes('--help') || argv.includes('-h')) {
            process.stdout.write(`${command.help.trim()}\n`);
            return;
        }
        process.exitCode = await command.run(argv);
    } catch (error) {
        // Inquirer throws its own error when Ctrl-C is pressed at one of its questions.
        if (error instanceof StoppedError || (error as Error).name === 'ExitPromptError') {
            process.exitCode = 130;
            return;
        }
        if (!(error instanceof UsageError)) throw error;
        process.stderr.write(`${error.message} See ${command.name} -- --help.\n`);
        process.exitCode = 2;
    }
}

/**
 * `node:util` parseArgs, strict, with its complaints as usage errors.
 *
 * @throws UsageError for an option that isn't there or lacks its value.
 */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(
    argv: string[],
    options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true; args: string[] }>> {
    try {
        return parseArgs({ args: argv, options, allowPositionals: true, strict: true });
    } catch (error) {
        const [sentence] = (error as Error).message.split('. ');
        const known = Object.keys(options).map((name) => `--${name}`);
        throw new UsageError(`${sentence}. Options are ${known.join(', ')}.`);
    }
}

/**
 * Reads a number from an option's value.
 *
 * @throws UsageError that names the range.
 */
export function numberOption(
    name: string,
    value: string | undefined,
    { min, max, whole = true }: { min: number; max: number; whole?: boolean },
): number | undefined {
    if (value === undefined) return undefined;
    const number = Number(value);
    const isOne = value.trim() !== '' && (whole ? Number.isInteger(number) : Number.isFinite(number));
    if (isOne && number >= min && number <= max) return number;
    const kind = whole ? 'a whole number' : 'a number';
    throw new UsageError(`--${name} takes ${kind} from ${min} to ${max}, not '${value}'.`);
}
