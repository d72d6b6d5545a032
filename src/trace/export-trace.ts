import { parseJson } from '../base/parse-json.js';
import { encode } from './codec.js';
import type { StoredValue } from './records.js';
import type { TraceEntry } from './recorded.js';
import { Redaction } from './redaction.js';
import type { Trace } from './trace.js';

/** Records of more bytes than this are told by their size and hash alone. */
export const EXPORT_LIMIT_BYTES = 256 * 1024;

/** What a trace keeps when it leaves the machine. */
export interface ExportOptions {
    /** Whether the input stays in it; fields that are secret never do. Default: it does not. */
    withInput?: boolean;
    /** Fields of the input that its schema calls secret. */
    secretFields?: readonly string[];
    /** A hash of some bytes, in hexadecimal. */
    hash: (bytes: Uint8Array) => string;
}

/**
 * A trace as text that can be sent on, a line of JSON an entry. Left out are: the input; what only Crawlee keeps, of
 * which a hash stays; tokens, passwords in addresses, and values of secret fields wherever they stand; paths of this
 * machine. `importTrace` reads it.
 */
export function exportTrace(trace: Trace, options: ExportOptions): string {
    const redaction = new Redaction(secretsOf(trace, options.secretFields ?? []));
    const inputKeys = new Set(['INPUT']);
    return trace.entries
        .map((entry) => {
            if (entry.type === 'run.created') inputKeys.add(entry.run.inputKey);
            const reduced = redaction.apply(reduce(entry, trace, options, inputKeys));
            return reduced.type === 'record.put' ? encode(reduced) : JSON.stringify(reduced);
        })
        .join('\n');
}

function reduce(entry: TraceEntry, trace: Trace, options: ExportOptions, inputKeys: ReadonlySet<string>): TraceEntry {
    if (entry.type === 'actor') {
        const { actor } = entry;
        return { ...entry, actor: { ...actor, cwd: '', command: actor.command.map(baseName) } };
    }
    if (entry.type === 'call') {
        // What was asked: it holds what was written, and more.
        const { request: _, ...call } = entry;
        return call;
    }
    if (entry.type !== 'record.put') return entry;
    const bytes = bytesOf(trace, entry.value);
    // Its file is gone with the folder of the run.
    if (!bytes) return entry;
    const hidden: StoredValue = { blob: options.hash(bytes), size: bytes.length };
    if (entry.key.startsWith('SDK_') || bytes.length > EXPORT_LIMIT_BYTES) return { ...entry, value: hidden };
    if (!inputKeys.has(entry.key)) return { ...entry, value: { bytes } };
    const input = options.withInput ? parsed(bytes) : undefined;
    if (!input) return { ...entry, value: hidden };
    const told = Object.entries(input).filter(([name]) => !options.secretFields?.includes(name));
    return { ...entry, value: { bytes: new TextEncoder().encode(JSON.stringify(Object.fromEntries(told))) } };
}

/** Values of the input's secret fields. */
function secretsOf(trace: Trace, fields: readonly string[]): string[] {
    if (fields.length === 0) return [];
    return trace.entries.flatMap((entry) => {
        if (entry.type !== 'record.put') return [];
        const input = parsed(bytesOf(trace, entry.value) ?? new Uint8Array());
        return fields.flatMap((field) => stringsIn(input?.[field]));
    });
}

function bytesOf(trace: Trace, value: StoredValue): Uint8Array | undefined {
    try {
        return trace.bytesOf(value);
    } catch {
        return undefined;
    }
}

function stringsIn(value: unknown): string[] {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
    const value = parseJson(bytes);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
}

function baseName(path: string): string {
    return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
