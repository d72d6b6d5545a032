import { constants } from 'node:os';
import { parseArgs, type ParseArgsConfig } from 'node:util';

import chalk from 'chalk';

// Not from its index, which loads the whole platform: a command that runs no Actor starts without it.
import { CannotWriteError, diskError } from '../cannot-write-error.js';
import { UsageError } from '../usage-error.js';
import { endWithNpm } from './end-with-npm.js';
import { fitHelp } from './fit-help.js';
import { keptByNpm } from './kept-by-npm.js';
import { choosePlain, PLAIN_OPTION } from './plain.js';
import { widthOf, wrap } from './wrap.js';

/** A person pressed Ctrl-C, or a signal came, and it was said what that means for the data. */
export class StoppedError extends Error {
    override name = 'StoppedError';

    constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
        super(`Stopped by ${signal}.`);
    }
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

const ON_PLAIN =
    'Every command also takes --plain: nothing is drawn over, no pager, and choices by number, as for a screen reader;\n' +
    'with ACCESSIBLE=1 or TERM=dumb it is so without being asked.';

/**
 * Runs a command to its exit code. A person's mistake gives one line and exit code 2; anything else is a fault of ours
 * and shows where it came from.
 */
export async function runCommand(command: Command, argv = process.argv.slice(2)): Promise<void> {
    obeyNoColor();
    endWithReader();
    endWithNpm();
    const end = argv.indexOf('--');
    const own = end === -1 ? argv : argv.slice(0, end);
    if (own.includes(PLAIN_OPTION)) choosePlain();
    try {
        if (own.includes('--help') || own.includes('-h')) {
            const help = asCalled(command, `${command.help.trim()}\n\n${ON_PLAIN}`);
            process.stdout.write(`${fitHelp(help, widthOf(process.stdout))}\n`);
            return;
        }
        process.exitCode = await command.run(argv);
    } catch (error) {
        // Inquirer throws its own error when Ctrl-C is pressed at one of its questions.
        const isPromptLeft = (error as Error).name === 'ExitPromptError';
        if (isPromptLeft || error instanceof StoppedError) {
            process.exitCode = exitCodeOf(isPromptLeft ? 'SIGINT' : (error as StoppedError).signal);
            return;
        }
        const told = diskError(error) ?? error;
        if (!(told instanceof UsageError)) throw error;
        const help = told instanceof CannotWriteError ? '' : ` See ${asCalled(command, `${command.name} -- --help`)}.`;
        const message = `${told.message}${help}`;
        process.stderr.write(`${wrap(message, widthOf(process.stderr)).join('\n')}\n`);
        process.exitCode = 2;
    }
}

let calledAs: string | undefined;

/** Says that a command is called by another name than npm's, such as `actors-move run`: so its help shows it. */
export function callCommands(name: string): void {
    calledAs = name;
}

/** What a command is called with: as its npm script, unless `callCommands` has said otherwise. */
export function commandName(npmName: string): string {
    return calledAs ?? npmName;
}

/** Another command as it is called from here: `npm run platform --`, or `actors-move platform` in the package. */
export function otherCommand(name: string): string {
    return calledAs === undefined ? `npm run ${name} --` : calledAs.replace(/\w+$/, name);
}

function asCalled({ name }: Command, text: string): string {
    return calledAs === undefined ? text : text.replaceAll(`${name} --`, calledAs).replaceAll(name, calledAs);
}

/** As a shell gives it for a process that a signal ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
    return 128 + constants.signals[signal];
}

/** See https://no-color.org: chalk itself knows FORCE_COLOR only, which goes before NO_COLOR as in Node. */
function obeyNoColor(): void {
    if (process.env.NO_COLOR && process.env.FORCE_COLOR === undefined) chalk.level = 0;
}

/** As `exitCodeOf` would give it; Windows has no such signal. */
const ENDED_BY_SIGPIPE = 141;

/**
 * Whoever reads the output may have seen enough, as `| head` does; and the disk that it goes to may be full. The
 * platform's watchdog then ends the Actor.
 */
function endWithReader(): void {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') process.exit(ENDED_BY_SIGPIPE);
        process.stderr.write(`${new CannotWriteError('The output', error).message}\n`);
        process.exit(2);
    });
}

type Parsed<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
    typeof parseArgs<{ options: T; allowPositionals: true; strict: true; args: string[] }>
>;

/**
 * `node:util` parseArgs, strict, with its complaints as usage errors.
 *
 * @param positional What the command takes besides options, such as 'step'; nothing unless given.
 * @param most How many of these at most.
 * @throws UsageError for an option that isn't there or lacks its value, for one that npm has kept, and for too many
 *   arguments.
 */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(
    argv: string[],
    options: T,
    positional?: string,
    most = 1,
): Parsed<T> {
    const [kept] = keptByNpm([...Object.keys(options), 'plain']);
    if (kept !== undefined) {
        const script = process.env.npm_lifecycle_event!;
        throw new UsageError(
            `npm has kept --${kept} for itself. Put -- before options: npm run ${script} -- --${kept}.`,
        );
    }
    let parsed: Parsed<T>;
    try {
        // Taken by every command: see `runCommand`.
        const all = { ...options, plain: { type: 'boolean' } } as unknown as T;
        parsed = parseArgs({
            args: withNegativeNumbers(argv, options),
            options: all,
            allowPositionals: true,
            strict: true,
        });
    } catch (error) {
        const [sentence] = (error as Error).message.split(/\.?(?: |\n)(?=[A-Z])/);
        const known = [...new Set([...Object.keys(options), 'plain', 'help'])].map((name) => `--${name}`);
        throw new UsageError(`${sentence}. Options are ${known.join(', ')}.`);
    }
    const { positionals } = parsed;
    if (positional === undefined && positionals.length > 0) {
        throw new UsageError(`Nothing but options is taken, not '${positionals.join(' ')}'.`);
    }
    if (positionals.length > most) throw new UsageError(`One ${positional} at a time, not '${positionals.join(' ')}'.`);
    return parsed;
}

/** `--products -1` is a number that is too small, and no other option: so it is told which numbers there are. */
function withNegativeNumbers(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>): string[] {
    const args: string[] = [];
    for (const arg of argv) {
        const before = args.at(-1);
        const isValue = before?.startsWith('--') && options[before.slice(2)]?.type === 'string' && /^-\.?\d/.test(arg);
        if (isValue && !args.includes('--')) args[args.length - 1] = `${before}=${arg}`;
        else args.push(arg);
    }
    return args;
}

const DECIMAL = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

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
    // As a person writes it: 0x10 would be a number, too.
    const isOne = DECIMAL.test(value.trim()) && (!whole || Number.isInteger(number));
    if (isOne && number >= min && number <= max) return number;
    const kind = whole ? 'a whole number' : 'a number';
    throw new UsageError(`--${name} takes ${kind} from ${min} to ${max}, not '${value}'.`);
}
