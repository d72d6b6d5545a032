import { isAnswer } from './answers.js';
import type { ChangedField, Difference } from './difference.js';
import { OWN } from './labels.js';

/** Longest example that is shown, in characters. */
const MAX_EXAMPLE_LENGTH = 120;
/** Places of a record that a sentence names. */
const MAX_PLACES = 3;

/** What differs, a sentence each. */
export function describeAll(differences: readonly Difference[]): string[] {
    return differences.map(describe);
}

/** A difference as a sentence. */
export function describe(difference: Difference): string {
    // An example that was cut ends the sentence by itself.
    const sentence = sentenceOf(difference).replace(/…\.$/, '…');
    if (difference.of === '') return sentence;
    return `In the run of ${difference.of}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function sentenceOf(difference: Difference): string {
    switch (difference.kind) {
        case 'ended':
            return `The run ended ${difference.actual}, undisturbed ${difference.expected}.`;
        case 'missing-rows': {
            const { dataset, count, examples } = difference;
            return `${rows(count)} missing from ${datasetName(dataset)}: ${list(examples)}.`;
        }
        case 'duplicated-rows': {
            const { dataset, count, examples, strikes } = difference;
            return `${rows(count)} too many in ${datasetName(dataset)}, pushed again${since(strikes)}: ${list(examples)}.`;
        }
        case 'extra-rows': {
            const { dataset, count, examples, strikes } = difference;
            const verb = count === 1 ? 'is' : 'are';
            const pushed = since(strikes) === '' ? '' : `, pushed${since(strikes)}`;
            return `${rows(count)} in ${datasetName(dataset)} that ${verb} not there undisturbed${pushed}: ${list(examples)}.`;
        }
        case 'differing-rows': {
            const { dataset, count, examples } = difference;
            const [first] = examples;
            return `${rows(count)} in ${datasetName(dataset)} with other fields${first ? `: ${changed(first, 'the row')}` : ''}.`;
        }
        case 'row-order':
            return `The rows of ${datasetName(difference.dataset)} are in another order, as row ${difference.row} shows.`;
        case 'missing-record':
            return `${recordName(difference.key)} is missing.`;
        case 'extra-record':
            return `${recordName(difference.key)} is there, undisturbed it is not.`;
        case 'differing-record':
            return recordSentence(difference.key, difference.changes, difference.count);
        case 'differing-file':
            return `${recordName(difference.key)} has ${difference.actual}, undisturbed ${difference.expected}.`;
        case 'missing-storage':
            return `There is no ${bare(difference.storage)}, undisturbed there is.`;
        case 'extra-storage':
            return `There is a ${bare(difference.storage)}, undisturbed there is none.`;
        case 'requests': {
            const { queue, what, expected, actual, missing, extra } = difference;
            const where = queue === OWN ? 'the request queue' : `request queue ${queue}`;
            const verb = what === 'total' ? 'in' : 'handled in';
            const which = [
                ...(missing.length > 0 ? [`without ${list(missing)}`] : []),
                ...(extra.length > 0 ? [`with ${list(extra)}`] : []),
            ];
            const examples = which.length === 0 ? '' : `: ${which.join(', ')}`;
            if (actual === expected) return `Other requests are ${verb} ${where} than undisturbed${examples}.`;
            const requests = actual === 1 ? '1 request is' : `${actual} requests are`;
            return `${requests} ${verb} ${where}, undisturbed ${expected}${examples}.`;
        }
        case 'charges': {
            const { event, expected, actual } = difference;
            return `Event ${event} is charged ${times(actual)}, undisturbed ${expected}.`;
        }
        case 'webhooks': {
            const { webhook, expected, actual } = difference;
            return `The webhook for ${webhook} is there ${times(actual)}, undisturbed ${expected}.`;
        }
        case 'started': {
            const { actor, expected, actual } = difference;
            return `Actor ${actor} is started ${times(actual)}, undisturbed ${expected}.`;
        }
        default:
            return difference satisfies never;
    }
}

function recordName(key: string): string {
    return isAnswer(key) ? `A${key.slice(1)}` : `Record ${key}`;
}

function recordSentence(key: string, changes: readonly ChangedField[], count: number): string {
    const [first] = changes;
    if (count === 1 && first)
        return `${recordName(key)}${first.path === '' ? '' : ','} ${changed(first, '').trimStart()}.`;
    const shown = changes.slice(0, MAX_PLACES).map((change) => changed(change, 'it'));
    const more = count > shown.length ? [`and ${count - shown.length} more`] : [];
    return `${recordName(key)} differs at ${count} places: ${[...shown, ...more].join('; ')}.`;
}

/** @param whole What has changed where it is all of it. */
function changed({ path, expected, actual }: ChangedField, whole: string): string {
    return `${path === '' ? whole : path} is ${short(actual)}, undisturbed ${short(expected)}`;
}

function rows(count: number): string {
    return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

function times(count: number): string {
    return `${count} ${count === 1 ? 'time' : 'times'}`;
}

function datasetName(name: string): string {
    return name === OWN ? 'the dataset' : `dataset ${name}`;
}

function bare(storage: string): string {
    return storage.replace(/^the /, '');
}

/** Strikes are numbered from 1; 0 is the time before the first. Nothing where it is not known. */
function since(strikes: readonly number[]): string {
    if (strikes.length === 0) return '';
    const struck = strikes.filter((strike) => strike > 0);
    if (struck.length === 0) return ' before any strike';
    return ` after ${struck.length === 1 ? 'strike' : 'strikes'} ${struck.join(', ')}`;
}

function list(examples: readonly unknown[]): string {
    return examples.map(short).join(', ');
}

function short(value: unknown): string {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > MAX_EXAMPLE_LENGTH ? `${text.slice(0, MAX_EXAMPLE_LENGTH - 1)}…` : text;
}
