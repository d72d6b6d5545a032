import { type Difference, mayBeVolatile } from './differences.js';
import { DEFAULT } from './leftovers.js';

/** Longest example that is shown, in characters. */
const MAX_EXAMPLE_LENGTH = 120;

/** What differs, a sentence each, and a hint where the Actor may not be to blame. */
export function describeAll(differences: readonly Difference[]): string[] {
    // An example that was cut ends the sentence by itself.
    const sentences = differences.map((difference) => describe(difference).replace(/…\.$/, '…'));
    if (mayBeVolatile(differences)) {
        sentences.push(
            'If these rows differ in something that changes from run to run, such as a time, leave it out with ' +
                '--ignore <field>; --unique <field> says which field names a row.',
        );
    }
    return sentences;
}

/** A difference as a sentence. */
export function describe(difference: Difference): string {
    switch (difference.kind) {
        case 'ended':
            return `The run ended ${difference.actual}, undisturbed ${difference.expected}.`;
        case 'missing-rows': {
            const { dataset, count, examples } = difference;
            return `${rows(count)} missing from ${datasetName(dataset)}: ${list(examples)}.`;
        }
        case 'duplicated-rows': {
            const { dataset, count, examples, strikes } = difference;
            return `${rows(count)} too many in ${datasetName(dataset)}, pushed again ${after(strikes)}: ${list(examples)}.`;
        }
        case 'extra-rows': {
            const { dataset, count, examples, strikes } = difference;
            const verb = count === 1 ? 'is' : 'are';
            return (
                `${rows(count)} in ${datasetName(dataset)} that ${verb} not there undisturbed, ` +
                `pushed ${after(strikes)}: ${list(examples)}.`
            );
        }
        case 'differing-rows': {
            const { dataset, count, examples } = difference;
            const [first] = examples;
            const example = first
                ? `: ${place(first.path)} is ${short(first.actual)}, undisturbed ${short(first.expected)}`
                : '';
            return `${rows(count)} in ${datasetName(dataset)} with other fields${example}.`;
        }
        case 'missing-record':
            return `Record ${difference.key} is missing.`;
        case 'extra-record':
            return `Record ${difference.key} is there, undisturbed it is not.`;
        case 'differing-record': {
            const { key, path, expected, actual } = difference;
            const where = path === '' ? '' : `, ${path}`;
            return `Record ${key}${where} is ${short(actual)}, undisturbed ${short(expected)}.`;
        }
        case 'requests': {
            const { queue, what, expected, actual } = difference;
            const where = queue === DEFAULT ? 'the request queue' : `request queue ${queue}`;
            const verb = what === 'total' ? 'are in' : 'are handled in';
            return `${actual} ${actual === 1 ? 'request' : 'requests'} ${verb} ${where}, undisturbed ${expected}.`;
        }
        case 'charges': {
            const { event, expected, actual } = difference;
            return `Event ${event} is charged ${actual} ${actual === 1 ? 'time' : 'times'}, undisturbed ${expected}.`;
        }
        case 'started': {
            const { actor, expected, actual } = difference;
            return `Actor ${actor} is started ${actual} ${actual === 1 ? 'time' : 'times'}, undisturbed ${expected}.`;
        }
        default:
            return difference satisfies never;
    }
}

function rows(count: number): string {
    return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

function datasetName(name: string): string {
    return name === DEFAULT ? 'the dataset' : `dataset ${name}`;
}

function place(path: string): string {
    return path === '' ? 'the row' : path;
}

/** Strikes are numbered from 1; 0 is the time before the first. */
function after(strikes: readonly number[]): string {
    const struck = strikes.filter((strike) => strike > 0);
    if (struck.length === 0) return 'before any strike';
    return `after ${struck.length === 1 ? 'strike' : 'strikes'} ${struck.join(', ')}`;
}

function list(examples: readonly unknown[]): string {
    return examples.map(short).join(', ');
}

function short(value: unknown): string {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > MAX_EXAMPLE_LENGTH ? `${text.slice(0, MAX_EXAMPLE_LENGTH - 1)}…` : text;
}
