import type { ActorDefinition, RunOptions } from './actor.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** An input as it is stored. */
export interface EncodedInput {
    contentType: string;
    bytes: Buffer;
}

/** Undefined when there is no input. */
export function encodeInput({ input, inputContentType }: RunOptions): EncodedInput | undefined {
    if (input === undefined) return undefined;
    if (Buffer.isBuffer(input)) return { contentType: inputContentType ?? JSON_TYPE, bytes: input };
    return { contentType: JSON_TYPE, bytes: Buffer.from(JSON.stringify(input)) };
}

/** Puts default values in for fields that an input leaves out. One that is no JSON object stays as it is. */
export function withDefaults(
    input: EncodedInput | undefined,
    defaults: ActorDefinition['inputDefaults'],
): EncodedInput | undefined {
    if (!defaults) return input;
    if (!input) return encodeInput({ input: defaults });
    const given = input.contentType.startsWith('application/json') ? objectIn(input.bytes) : undefined;
    if (!given || Object.keys(defaults).every((name) => Object.hasOwn(given, name))) return input;
    return encodeInput({ input: { ...defaults, ...given } });
}

function objectIn(bytes: Buffer): object | undefined {
    try {
        const value: unknown = JSON.parse(bytes.toString());
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
        return undefined;
    }
}
